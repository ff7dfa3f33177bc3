export { cloudtrail } from './cloudtrail/cloudtrail.js'
export type { Mapped, Mapper, MapRefusal, RawPayload } from './mapper.js'
