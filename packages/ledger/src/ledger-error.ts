import { errnoOf } from './file-system.js'

/**
 * Why the ledger refuses. `code` is API.
 *
 * While it runs: `busy` (come back after `retryAfterMs`), `full` (no space left), `io` (the disk failed), `failed` (it could not
 * undo a failed write and takes no more until a restart), `closed`, `too_large`, `not_found`, `head_conflict` (somebody else
 * signed for this log). Before it starts: `corrupt` (a stored file contradicts itself), `rolled_back` (the tree is smaller
 * than one that was signed), `root_mismatch` (another history than the signed one), `bad_checkpoint`, `head_missing`,
 * `locked` (another process owns the data directory).
 */
export type LedgerErrorCode =
  | 'busy'
  | 'full'
  | 'io'
  | 'failed'
  | 'closed'
  | 'too_large'
  | 'not_found'
  | 'head_conflict'
  | 'corrupt'
  | 'rolled_back'
  | 'root_mismatch'
  | 'bad_checkpoint'
  | 'head_missing'
  | 'locked'

export type LedgerErrorDetail = {
  /** When to try again, for `busy`, `full` and `io`. */
  readonly retryAfterMs?: number
  /** What the operator should do about it, and with which command. */
  readonly advice?: string
  readonly file?: string
  /** Byte position in `file`. */
  readonly offset?: number
  readonly cause?: unknown
}

export class LedgerError extends Error {
  override readonly name = 'LedgerError'
  readonly retryAfterMs: number | undefined
  readonly advice: string | undefined
  readonly file: string | undefined
  readonly offset: number | undefined

  constructor(
    readonly code: LedgerErrorCode,
    happened: string,
    detail: LedgerErrorDetail = {},
  ) {
    super(detail.advice ? `${happened}\n${detail.advice}` : happened, { cause: detail.cause })
    this.retryAfterMs = detail.retryAfterMs
    this.advice = detail.advice
    this.file = detail.file
    this.offset = detail.offset
  }
}

/** What a failed write means to a producer: come back later, and why. */
export function refusalOf(error: unknown): LedgerError {
  if (error instanceof LedgerError) return error
  const errno = errnoOf(error)
  const code = FULL.has(errno) ? 'full' : BUSY.has(errno) ? 'busy' : 'io'
  const happened = { full: 'no space is left on the disk', busy: 'no file can be opened now', io: 'the disk failed' }[
    code
  ]
  return new LedgerError(code, `${happened} (${errno || String(error)})`, {
    retryAfterMs: RETRY_AFTER_MS,
    cause: error,
  })
}

/** A producer may as well wait this long: a full disk or a flood is not over sooner. */
export const RETRY_AFTER_MS = 1_000

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const BUSY = new Set(['EMFILE', 'ENFILE', 'EAGAIN'])
