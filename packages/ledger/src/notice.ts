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
 * `checkpoint_restored`: the checkpoint file was older than the head cell. `head_accepted`: the head cell was empty and now
 * holds the checkpoint. `clock_back`: the clock stands before the newest leaf; `t` waits for it. `publish_failed`, `seal_failed`,
 * `follower_failed`: it will be tried again.
 */
export type LedgerNoticeCode =
  | 'torn_tail'
  | 'tiles_rebuilt'
  | 'checkpoint_restored'
  | 'head_accepted'
  | 'clock_back'
  | 'publish_failed'
  | 'seal_failed'
  | 'follower_failed'
