import type { SigningKey } from '@tidemark/proof'
import type { FileSystem } from './file-system.js'
import type { HeadCell } from './head-cell.js'
import type { LogFiles } from './log-files.js'
import type { LedgerNotice } from './notice.js'
import type { SealedHalf } from './sealed-half.js'
import type { TileFiles } from './tile-files.js'

/** What every part of an open log shares. */
export type LogParts = {
  readonly origin: string
  readonly fs: FileSystem
  readonly files: LogFiles
  readonly tiles: TileFiles
  readonly headCell: HeadCell
  readonly sealed: SealedHalf
  /** Signers of checkpoints; the first is named after the origin. Any of them opens an older one. */
  readonly keys: readonly SigningKey[]
  /** Milliseconds since 1970. It may go back; `t` does not. */
  readonly clock: () => number
  /** Seeds the hash tables of ids. */
  readonly idSeed: number
  /** Take over the checkpoint when the head cell knows nothing of this log. */
  readonly acceptHead: boolean
  report(notice: LedgerNotice): void
}
