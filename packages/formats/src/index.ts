export { cloudtrail } from './cloudtrail/cloudtrail.js'
export { type BuiltInFormat, builtInMapper, detectFormat } from './detect-format.js'
export type { Mapped, Mapper, MapRefusal, RawPayload } from './mapper.js'
export { recordTexts } from './record-texts.js'
