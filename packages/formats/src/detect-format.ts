import { cloudtrail } from './cloudtrail/cloudtrail.js'
import { cloudtrailRecord } from './cloudtrail/record.js'
import type { Mapper } from './mapper.js'
import { isObject, readForeign } from './record.js'
import { firstRecord } from './record-texts.js'

/** The formats that need no mapping file, by the name under which they are asked for. */
export type BuiltInFormat = 'cloudtrail'

/** The mapper of a built-in format; undefined for other names. */
export const builtInMapper = (name: string): Mapper | undefined => (name === 'cloudtrail' ? cloudtrail : undefined)

/**
 * What an input is, told by its first record; null when it is neither. The beginning of the input is enough, as long as
 * the first record is whole in it. `tidemark` is our own event or the older flat form of it.
 */
export function detectFormat(beginning: string): BuiltInFormat | 'tidemark' | null {
  const record = readForeign(firstRecord(beginning) ?? '')
  if (!isObject(record)) return null
  if (cloudtrailRecord(record)) return 'cloudtrail'
  const isOwn = typeof record.action === 'string' || (typeof record.service === 'string' && isObject(record.metadata))
  return isOwn || typeof record.specVersion === 'string' ? 'tidemark' : null
}
