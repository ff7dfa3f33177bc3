import { openCheckpoint, type VerifierKey } from '@tidemark/proof'
import { readIfThere } from './durable-file.js'
import type { FileSystem } from './file-system.js'
import type { HeadCell } from './head-cell.js'
import { LedgerError } from './ledger-error.js'
import type { LogFiles } from './log-files.js'
import type { SignedCheckpoint } from './publisher.js'

/** What was signed before the start: the checkpoint file and the head cell. */
export type LastSigned = { readonly checkpoint: SignedCheckpoint | null; readonly head: SignedCheckpoint | null }

/**
 * Reads the last signed checkpoint from both its places. Refused: `bad_checkpoint`, when one does not open with the log's
 * keys; `head_missing`, when there is a checkpoint and no head, unless `acceptHead`.
 */
export async function readLastSigned(
  { fs, files, headCell }: { fs: FileSystem; files: LogFiles; headCell: HeadCell },
  origin: string,
  keys: readonly VerifierKey[],
  acceptHead: boolean,
): Promise<LastSigned> {
  const stored = (await readIfThere(fs, files.checkpoint))?.toString('utf8') ?? null
  const held = await headCell.read(origin)
  const checkpoint = stored === null ? null : open(stored, keys, origin, files.checkpoint)
  const head = held === null ? null : open(held, keys, origin, 'the head cell')
  if (checkpoint && !head && !acceptHead) throw headMissing(origin)
  return { checkpoint, head }
}

/** The larger of the two: after a crash between them the head cell is ahead. */
export function newestOf({ checkpoint, head }: LastSigned): SignedCheckpoint | null {
  if (!checkpoint || !head) return checkpoint ?? head
  return head.size >= checkpoint.size ? head : checkpoint
}

function open(note: string, keys: readonly VerifierKey[], origin: string, place: string): SignedCheckpoint {
  const opened = openCheckpoint(note, keys, origin)
  if (opened.valid) return { ...opened.checkpoint, note }
  throw new LedgerError('bad_checkpoint', `${place} does not hold a checkpoint of ${origin} (${opened.reason}).`, {
    file: place,
    advice:
      'Either it was altered, or the signing key is another than it was. Put the right key back, or restore the ' +
      'checkpoint from a backup; `tidemark verify` tells whether the log itself is sound.',
  })
}

const headMissing = (origin: string) =>
  new LedgerError('head_missing', `the head cell knows nothing of ${origin}, though the log has been signed before.`, {
    advice:
      'The head cell is what makes a restored old backup show. If this is a deliberate restore or move to a new machine, ' +
      'run `tidemark restore --accept-head`; otherwise find out who removed it, and put it back.',
  })
