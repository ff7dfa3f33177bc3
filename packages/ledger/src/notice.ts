/** Something the operator may want to know; the log went on by itself. `code` is API. */
export type LedgerNotice = {
  readonly code: LedgerNoticeCode
  readonly message: string
  readonly file?: string
  readonly offset?: number
  readonly cause?: unknown
}

/**
 * `torn_tail`: a batch that was never acknowledged was cut off. `tiles_rebuilt`: lost tiles were made again.
 * `entries_lost`: an entry bundle is gone for good, proofs of its leaves fail until it is restored from a backup.
 * `clock_back`: the clock stands before the newest leaf; `receivedAt` waits for it. `publish_failed`, `seal_failed`: it will be
 * tried again. `follower_failed`: somebody who was told of new leaves threw.
 */
export type LedgerNoticeCode =
  | 'torn_tail'
  | 'tiles_rebuilt'
  | 'entries_lost'
  | 'clock_back'
  | 'publish_failed'
  | 'seal_failed'
  | 'follower_failed'
