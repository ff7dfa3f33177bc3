import type { Remedy } from './index-failed.js'

/**
 * What went wrong in the engine, as far as it matters to us.
 *
 * `broken`: this instance of the engine takes nothing more; the file may be fine · `damaged`: the file cannot be read ·
 * `io`: the disk or its permissions · `other`: a mistake in our SQL.
 */
export type EngineErrorKind = 'interrupted' | 'out_of_memory' | 'bad_input' | 'broken' | 'damaged' | 'io' | 'other'

/**
 * Sorts an error of DuckDB. The engine is set to describe its errors as JSON (`errors_as_json`); an error from before
 * that has only its text.
 */
export function kindOfEngineError(error: unknown): EngineErrorKind {
  const text = error instanceof Error ? error.message : String(error)
  if (/corrupt|checksum|not a valid DuckDB|could not read enough bytes/i.test(text)) return 'damaged'
  if (/has been invalidated/i.test(text)) return 'broken'
  const type = /"exception_type":"([^"]+)"/.exec(text)?.[1] ?? /^(.+?) Error:/.exec(text)?.[1] ?? ''
  return kinds[type.toLowerCase()] ?? 'other'
}

/** What has to be done with the index process after such an error. */
export const remedyOf = (kind: EngineErrorKind): Remedy =>
  kind === 'damaged' ? 'rebuild' : kind === 'broken' ? 'restart' : 'none'

const kinds: Readonly<Record<string, EngineErrorKind>> = {
  interrupt: 'interrupted',
  'out of memory': 'out_of_memory',
  'invalid input': 'bad_input',
  conversion: 'bad_input',
  fatal: 'broken',
  internal: 'broken',
  serialization: 'damaged',
  io: 'io',
}
