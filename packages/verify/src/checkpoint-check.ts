import { type Checkpoint, openCheckpoint, parseCheckpoint, type VerifierKey } from '@tidemark/proof'
import type { Findings } from './findings.js'
import type { LogReader } from './log-reader.js'

/** The log's newest checkpoint, as far as it can be believed. */
export type FoundCheckpoint = {
  /** Signed by a trusted key, and of this log. */
  readonly signed: Checkpoint | null
  /** Names of the keys that signed. */
  readonly signedBy: readonly string[]
  /** What an unsigned or wrongly signed file says; never to be relied on. */
  readonly claimed: Checkpoint | null
}

/** Reads and opens the checkpoint. Without any key to trust, what it claims is taken as such, and the verdict says so. */
export async function readCheckpoint(
  reader: LogReader,
  trusted: readonly VerifierKey[],
  origin: string | undefined,
  findings: Findings,
): Promise<FoundCheckpoint> {
  const note = await reader.read('checkpoint')
  if (!note) {
    const message = 'There is no checkpoint: nothing says how long the log is, nor that it is whole.'
    findings.add({ verdict: 'integrity', code: 'checkpoint-missing', severity: 'failure', message, file: 'checkpoint' })
    return { signed: null, signedBy: [], claimed: null }
  }
  const claimed = claimOf(note.toString('utf8'))
  if (trusted.length === 0) return { signed: null, signedBy: [], claimed }
  const opened = openCheckpoint(note, trusted, origin)
  if (opened.valid) return { signed: opened.checkpoint, signedBy: opened.signedBy.map(({ name }) => name), claimed }
  const why = {
    malformed: 'is malformed',
    unsigned: 'is not signed by a trusted key',
    'bad-signature': 'carries a false signature',
    'wrong-origin': 'is of another log',
  }
  const message = `The checkpoint ${why[opened.reason]}.`
  const code = `checkpoint-${opened.reason}`
  findings.add({ verdict: 'integrity', code, severity: 'failure', message, file: 'checkpoint' })
  return { signed: null, signedBy: [], claimed }
}

/** What the text before the signatures says. */
function claimOf(note: string): Checkpoint | null {
  try {
    return parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1))
  } catch {
    return null
  }
}
