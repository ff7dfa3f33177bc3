import {
  type Checkpoint,
  encodeBase64,
  type Frontier,
  HASH_BYTES,
  openCheckpoint,
  sameHash,
  type VerifierKey,
} from '@tidemark/proof'
import type { Findings } from './findings.js'
import type { LogReader } from './log-reader.js'
import { olderTree } from './older-tree.js'
import type { TreeLevels } from './tree-levels.js'

/** An earlier checkpoint to hold the log against. */
export type EarlierCheckpoint = {
  /** What it is, for messages: `the head cell`, `the checkpoint of 3 May`. */
  readonly name: string
  readonly note: string
  /**
   * The head cell is written just before the checkpoint file, so after a crash it may be ahead of it. An earlier
   * checkpoint that somebody was shown must never be.
   */
  readonly mayBeAhead: boolean
}

/** What the log is now: the hashes that are vouched for, and the committed leaves behind them. */
export type PresentLog = {
  readonly reader: LogReader
  readonly origin: string
  readonly levels: TreeLevels
  readonly unsignedHashes: Buffer
}

/**
 * Holds the log against an earlier checkpoint: its leaves must still be the first ones. True when that was checked and
 * holds, false when it does not; null when it could not be checked, which is filed as a notice.
 */
export async function checkAppendOnly(
  log: PresentLog,
  earlier: EarlierCheckpoint,
  trusted: readonly VerifierKey[],
  findings: Findings,
): Promise<boolean | null> {
  const opened = openCheckpoint(earlier.note, trusted, log.origin)
  if (!opened.valid) {
    const message = `${earlier.name} is not a checkpoint of ${log.origin} signed by a trusted key (${opened.reason}).`
    findings.add({ verdict: 'append-only', code: 'earlier-untrusted', severity: 'notice', message })
    return null
  }
  const { checkpoint } = opened
  const isAhead = checkpoint.size > log.levels.size
  const tree = isAhead && !earlier.mayBeAhead ? 'gone' : await treeAt(log, checkpoint.size)
  if (tree === 'gone') return fail(findings, 'rolled-back', wentBack(log, earlier, checkpoint))
  if (tree === 'unknown') {
    const message = `The first ${checkpoint.size} leaves are too damaged to be held against ${earlier.name}.`
    findings.add({ verdict: 'append-only', code: 'earlier-not-comparable', severity: 'notice', message })
    return null
  }
  if (!sameHash(tree.root(), checkpoint.root)) {
    const found = `${encodeBase64(checkpoint.root)} was signed, ${encodeBase64(tree.root())} is here`
    return fail(
      findings,
      'history-changed',
      `The first ${checkpoint.size} leaves are not those of ${earlier.name}: ${found}.`,
    )
  }
  if (!isAhead) return true
  const message = `The checkpoint file (${log.levels.size} leaves) is behind ${earlier.name} (${checkpoint.size}); the leaves between are all here.`
  findings.add({ verdict: 'append-only', code: 'checkpoint-behind', severity: 'notice', message })
  return true
}

/** The tree at an earlier or, as far as committed leaves reach, a later size. */
async function treeAt(
  { reader, levels, unsignedHashes }: PresentLog,
  size: number,
): Promise<Frontier | 'gone' | 'unknown'> {
  const unsigned = unsignedHashes.length / HASH_BYTES
  if (size > levels.size + unsigned) return 'gone'
  const tree = await olderTree(reader, levels, Math.min(size, levels.size))
  if (!tree) return 'unknown'
  for (let at = 0; tree.size < size; at += HASH_BYTES) tree.append(unsignedHashes.subarray(at, at + HASH_BYTES))
  return tree
}

function wentBack({ levels }: PresentLog, { name }: EarlierCheckpoint, { size }: Checkpoint): string {
  return `The log went back: ${name} has ${size} leaves, the newest checkpoint here has ${levels.size}.`
}

function fail(findings: Findings, code: string, message: string): false {
  findings.add({ verdict: 'append-only', code, severity: 'failure', message })
  return false
}
