import { ed25519PublicKey } from '#crypto'
import { decodeBase64, encodeBase64 } from './base64.js'
import { FormatError } from './format-error.js'
import { sha256 } from './hash.js'

/** Who may sign a note, as a verifier knows them. */
export type VerifierKey = {
  /** No spaces, no plus sign; of a log, its origin. */
  readonly name: string
  /** The first four bytes of SHA-256(name ‖ "\n" ‖ 0x01 ‖ publicKey), as an unsigned big-endian number. */
  readonly keyId: number
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
}

/** A verifier key with the 32-byte Ed25519 seed that signs for it. Keep it secret. */
export type SigningKey = VerifierKey & { readonly seed: Uint8Array }

/** The signing key of a name and an Ed25519 seed. Refused: `bad_key`. Source: C2SP signed-note, "Ed25519 signatures". */
export function noteKey(name: string, seed: Uint8Array): SigningKey {
  if (seed.length !== 32) throw new FormatError('bad_key', 'an Ed25519 seed has 32 bytes')
  return { ...verifierKey(name, ed25519PublicKey(seed)), seed }
}

/** The verifier key of a name and a raw Ed25519 public key. Refused: `bad_key`. */
export function verifierKey(name: string, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new FormatError('bad_key', 'a key name has at least one character, no space and no plus')
  if (publicKey.length !== 32) throw new FormatError('bad_key', 'an Ed25519 public key has 32 bytes')
  return { name, keyId: keyIdOf(name, publicKey), publicKey }
}

/** `name+keyId+base64(0x01 ‖ publicKey)`, the form Go's note package reads; the key id is eight hex digits. */
export function formatVerifierKey({ name, keyId, publicKey }: VerifierKey): string {
  return `${name}+${keyId.toString(16).padStart(8, '0')}+${encodeBase64(typedKey(publicKey))}`
}

/** Reads what `formatVerifierKey` writes. Refused as `bad_key`: another algorithm, or a key id that is not its hash. */
export function parseVerifierKey(text: string): VerifierKey {
  const match = /^([^+]*)\+([0-9a-f]{8})\+(.+)$/s.exec(text.trim())
  const [, name, keyId, encoded] = match ?? []
  if (!name || !keyId || !encoded) throw new FormatError('bad_key', 'a verifier key is name+keyId+base64')
  const typed = decodeKey(encoded)
  if (typed[0] !== ED25519) throw new FormatError('bad_key', 'only Ed25519 keys (type 1) are known')
  const key = verifierKey(name, typed.slice(1))
  if (key.keyId !== Number.parseInt(keyId, 16)) throw new FormatError('bad_key', 'the key id does not fit the key')
  return key
}

/** Signature type identifier of Ed25519. Source: C2SP signed-note, "Signature types". */
const ED25519 = 0x01

/** Key names must be non-empty and hold neither Unicode spaces nor a plus sign. Source: C2SP signed-note, "Format". */
export function isKeyName(name: string): boolean {
  return name.length > 0 && !/[\s\u0085+]/u.test(name) && !hasControlCharacters(name)
}

/** Whether a text has characters below U+0020 that no note may have; a newline is the caller's to judge. */
export function hasControlCharacters(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x20 && text[i] !== '\n') return true
  return false
}

function keyIdOf(name: string, publicKey: Uint8Array): number {
  const prefix = new TextEncoder().encode(`${name}\n`)
  const input = new Uint8Array(prefix.length + 1 + publicKey.length)
  input.set(prefix)
  input.set(typedKey(publicKey), prefix.length)
  return new DataView(sha256(input).buffer).getUint32(0)
}

function typedKey(publicKey: Uint8Array): Uint8Array {
  return Uint8Array.of(ED25519, ...publicKey)
}

function decodeKey(encoded: string): Uint8Array {
  try {
    return decodeBase64(encoded)
  } catch {
    throw new FormatError('bad_key', 'the key is not base64')
  }
}
