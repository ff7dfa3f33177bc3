/**
 * Remembers the newest checkpoint of every log, in a place that is not restored together with the data directory: so a
 * restored old backup is noticed. Values are signed notes, compared as text.
 */
export interface HeadCell {
  /** The newest note of a log; null when there has been none. */
  read(origin: string): Promise<string | null>
  /**
   * Compare-and-swap: throws LedgerError `head_conflict` when the cell does not hold `previous`, resolves once `next`
   * survives a power cut. After any other failure the cell may hold either.
   */
  replace(origin: string, previous: string | null, next: string): Promise<void>
}
