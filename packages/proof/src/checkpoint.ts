import { decodeBase64, encodeBase64 } from './base64.js'
import { FormatError } from './format-error.js'
import { HASH_BYTES, type Hash } from './hash.js'
import { type NoteFailure, openNote, signNote } from './note.js'
import { hasControlCharacters, type SigningKey, type VerifierKey } from './note-key.js'

/** What a log commits to when it signs: all of its first `size` entries. Source: C2SP tlog-checkpoint. */
export type Checkpoint = {
  /** The log's one name, such as `tidemark.example/t/acme`. */
  readonly origin: string
  /** How many leaves the tree has. */
  readonly size: number
  readonly root: Hash
  /** Extension lines, opaque to us; we write none. */
  readonly extensions?: readonly string[]
}

/** The note text of a checkpoint, ready to sign. Refused: `bad_checkpoint`. */
export function formatCheckpoint({ origin, size, root, extensions = [] }: Checkpoint): string {
  const lines = [origin, String(size), encodeBase64(root), ...extensions]
  const sound = Number.isSafeInteger(size) && size >= 0 && root.length === HASH_BYTES
  if (!sound || lines.some((line) => line === '' || line.includes('\n') || hasControlCharacters(line))) {
    throw new FormatError('bad_checkpoint', `not a checkpoint: ${lines.join(' | ')}`)
  }
  return `${lines.join('\n')}\n`
}

/** Reads the text of a note already opened. Refused: `bad_checkpoint`. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, size, root, ...rest] = text.split('\n')
  const extensions = rest.slice(0, -1)
  if (!origin || rest.at(-1) !== '' || extensions.includes('')) {
    throw new FormatError('bad_checkpoint', 'a checkpoint has at least three lines, none of them empty')
  }
  return { origin, size: parseSize(size ?? ''), root: parseRoot(root ?? ''), extensions }
}

/** A signed checkpoint: the note a log publishes. */
export function signCheckpoint(checkpoint: Checkpoint, keys: readonly SigningKey[]): string {
  return signNote(formatCheckpoint(checkpoint), keys)
}

/** A checkpoint that may be relied on, or why not. */
export type OpenedCheckpoint =
  | { readonly valid: true; readonly checkpoint: Checkpoint; readonly signedBy: readonly VerifierKey[] }
  | { readonly valid: false; readonly reason: NoteFailure | 'wrong-origin' }

/**
 * Opens a signed checkpoint of the log `origin`: signed by a trusted key, well formed, and of that log.
 *
 * Without `origin` the name of the trusted key that signed stands for it, as tlog-checkpoint recommends.
 */
export function openCheckpoint(
  note: string | Uint8Array,
  trusted: readonly VerifierKey[],
  origin?: string,
): OpenedCheckpoint {
  const opened = openNote(note, trusted)
  if (!opened.valid) return opened
  try {
    const checkpoint = parseCheckpoint(opened.text)
    const expected = origin ?? opened.signedBy.find((key) => key.name === checkpoint.origin)?.name
    if (checkpoint.origin !== expected) return { valid: false, reason: 'wrong-origin' }
    return { valid: true, checkpoint, signedBy: opened.signedBy }
  } catch {
    return { valid: false, reason: 'malformed' }
  }
}

function parseSize(text: string): number {
  const size = Number(text)
  if (!/^(0|[1-9][0-9]*)$/.test(text) || !Number.isSafeInteger(size)) {
    throw new FormatError('bad_checkpoint', 'the second line is not a tree size')
  }
  return size
}

function parseRoot(text: string): Hash {
  const root = decodeHash(text)
  if (!root) throw new FormatError('bad_checkpoint', 'the third line is not a root hash')
  return root
}

/** A hash from its base64 line; null when it is not one. */
export function decodeHash(line: string): Hash | null {
  try {
    const hash = decodeBase64(line)
    return hash.length === HASH_BYTES ? hash : null
  } catch {
    return null
  }
}
