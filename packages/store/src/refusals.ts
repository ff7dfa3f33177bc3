/**
 * Why a question got no answer. API: the server maps each to a status.
 *
 * `timeout`: took longer than allowed · `too_large`: needs more memory, or has more rows, than allowed · `busy`: the
 * index cannot take it now, ask again · `cancelled`: the one who asked gave up.
 */
export type QueryRefusalCode = 'timeout' | 'too_large' | 'busy' | 'cancelled'

/** A question that was not answered. Nothing was changed; the same question may be asked again. */
export class QueryRefused extends Error {
  readonly code: QueryRefusalCode

  constructor(code: QueryRefusalCode, message: string) {
    super(message)
    this.name = 'QueryRefused'
    this.code = code
  }
}

export type LoadRefusalCode = 'gap' | 'overlap' | 'unreadable' | 'busy'

/**
 * A batch that was not loaded. With `busy` it may or may not have been: `cursor` tells.
 *
 * `cursor` is the number of loaded leaves when the batch was refused, -1 when nobody could say.
 */
export class LoadRefused extends Error {
  readonly code: LoadRefusalCode
  readonly cursor: number

  constructor(code: LoadRefusalCode, cursor: number, message: string) {
    super(message)
    this.name = 'LoadRefused'
    this.code = code
    this.cursor = cursor
  }
}

/**
 * Whether a batch of the leaves [first, end) is to be loaded when `cursor` leaves are; false when it was before.
 *
 * Throws LoadRefused `gap` or `overlap` when it does not begin where the last one ended.
 */
export function isNextBatch(batch: { log: string; first: number; end: number }, cursor: number): boolean {
  const { log, first, end } = batch
  if (end <= cursor) return false
  if (first === cursor) return true
  const code = first > cursor ? 'gap' : 'overlap'
  throw new LoadRefused(code, cursor, `${log}: leaves ${first} to ${end - 1} do not follow the ${cursor} loaded ones`)
}
