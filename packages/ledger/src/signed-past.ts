import { emptyRoot, type Hash, rangeRoot, sameHash } from '@tidemark/proof'
import { LedgerError } from './ledger-error.js'
import type { SignedCheckpoint } from './publisher.js'
import type { Tree } from './tree.js'
import type { LastSigned } from './trusted-checkpoint.js'

/**
 * Checks that the tree, which its tail can take to `size` leaves, contains every checkpoint that was signed.
 *
 * Refused: `rolled_back`, the log is smaller than one of them; `root_mismatch`, it has another history.
 */
export async function checkSigned(tree: Tree, size: number, { checkpoint, head }: LastSigned): Promise<void> {
  const signed = [checkpoint, head].filter((known) => known !== null).sort((a, b) => a.size - b.size)
  for (const known of signed) {
    if (known.size > size) throw rolledBack(known, size)
    if (!sameHash(await rootAt(tree, known.size), known.root)) throw otherHistory(known)
  }
}

async function rootAt(tree: Tree, size: number): Promise<Hash> {
  if (size === 0) return emptyRoot
  if (size < tree.size) return rangeRoot(0, size, tree.node)
  tree.advance(size)
  return tree.root()
}

const rolledBack = ({ size: signedSize, origin }: SignedCheckpoint, size: number) =>
  new LedgerError('rolled_back', `${origin} has ${size} leaves, but a tree of ${signedSize} was signed.`, {
    advice:
      'Leaves that were acknowledged are gone: most likely an old backup was put back, or the end of the write-ahead log was cut. ' +
      'Restore a newer backup with `tidemark restore`. Starting anyway would sign a second history, which any verifier would see.',
  })

const otherHistory = ({ size, origin }: SignedCheckpoint) =>
  new LedgerError('root_mismatch', `the first ${size} leaves of ${origin} are not the ones that were signed.`, {
    advice:
      'Entries or tiles were changed after they had been signed. Keep a copy of the data directory, let `tidemark verify` name ' +
      'the first bad leaf, and restore the newest good backup with `tidemark restore`.',
  })
