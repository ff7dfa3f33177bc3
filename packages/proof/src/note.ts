import { ed25519Sign, ed25519Verify } from '#crypto'
import { decodeBase64, encodeBase64 } from './base64.js'
import { FormatError } from './format-error.js'
import { hasControlCharacters, isKeyName, type SigningKey, type VerifierKey } from './note-key.js'

/** Why a note cannot be trusted. `unsigned`: well formed, but by nobody we know. */
export type NoteFailure = 'malformed' | 'unsigned' | 'bad-signature'

/** A note whose text may be read, or the reason why it may not. */
export type OpenedNote =
  | { readonly valid: true; readonly text: string; readonly signedBy: readonly VerifierKey[] }
  | { readonly valid: false; readonly reason: NoteFailure }

/**
 * A note: `text`, an empty line, and one signature line per key, in the order given.
 *
 * Refused as `bad_note`: text that does not end in a newline or holds control characters, no key at all.
 * Source: C2SP signed-note, Ed25519 signatures.
 */
export function signNote(text: string, keys: readonly SigningKey[]): string {
  if (!text.endsWith('\n') || hasControlCharacters(text)) throw new FormatError('bad_note', 'text cannot be a note')
  if (keys.length === 0) throw new FormatError('bad_note', 'a note needs a signature')
  const message = new TextEncoder().encode(text)
  const lines = keys.map((key) => {
    const signature = ed25519Sign(key.seed, message)
    const line = new Uint8Array(4 + signature.length)
    new DataView(line.buffer).setUint32(0, key.keyId)
    line.set(signature, 4)
    return `${DASH} ${key.name} ${encodeBase64(line)}\n`
  })
  return `${text}\n${lines.join('')}`
}

/**
 * Opens a note that at least one of the `trusted` keys signed.
 *
 * Signatures by other keys are ignored, one by a trusted key that does not verify spoils the note.
 * Source: C2SP signed-note, "Signatures".
 */
export function openNote(note: string | Uint8Array, trusted: readonly VerifierKey[]): OpenedNote {
  const parsed = parseNote(note)
  if (!parsed) return { valid: false, reason: 'malformed' }
  const message = new TextEncoder().encode(parsed.text)
  const signedBy = new Set<VerifierKey>()
  for (const { name, keyId, signature } of parsed.signatures) {
    const key = trusted.find((known) => known.name === name && known.keyId === keyId)
    if (!key) continue
    if (!ed25519Verify(key.publicKey, message, signature)) return { valid: false, reason: 'bad-signature' }
    signedBy.add(key)
  }
  if (signedBy.size === 0) return { valid: false, reason: 'unsigned' }
  return { valid: true, text: parsed.text, signedBy: [...signedBy] }
}

type NoteSignature = { readonly name: string; readonly keyId: number; readonly signature: Uint8Array }

/** The limits of Go's note package, so that both refuse the same. */
const MAX_NOTE_CHARACTERS = 1_000_000
const MAX_SIGNATURES = 100
const DASH = '\u2014'

function parseNote(note: string | Uint8Array): { text: string; signatures: NoteSignature[] } | null {
  const whole = typeof note === 'string' ? note : decodeUtf8(note)
  if (whole === null || whole.length > MAX_NOTE_CHARACTERS || hasControlCharacters(whole)) return null
  const split = whole.lastIndexOf('\n\n')
  if (split < 0 || !whole.endsWith('\n')) return null
  const lines = whole.slice(split + 2, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) return null
  const signatures = lines.map(parseSignatureLine)
  if (signatures.some((signature) => signature === null)) return null
  return { text: whole.slice(0, split + 1), signatures: signatures as NoteSignature[] }
}

function parseSignatureLine(line: string): NoteSignature | null {
  const [dash, name, encoded, ...more] = line.split(' ')
  if (dash !== DASH || !name || !isKeyName(name) || !encoded || more.length > 0) return null
  try {
    const bytes = decodeBase64(encoded)
    if (bytes.length < 5) return null
    return { name, keyId: new DataView(bytes.buffer).getUint32(0), signature: bytes.subarray(4) }
  } catch {
    return null
  }
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
