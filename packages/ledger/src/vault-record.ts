import { createHash } from 'node:crypto'
import type { Random } from './keyring.js'
import { NONCE_BYTES, openGcm, sealGcm } from './seal-cipher.js'

/** What is known of one person under one number, in clear. */
export type VaultRecord = {
  readonly record: number
  /** 16 random bytes. */
  readonly salt: Buffer
  /** The client's address as 32 hex digits; '' when unknown. A derived value: not part of the digest. */
  readonly ipKey: string
  /** The personal part, RFC 8785; '' when the event has none. */
  readonly text: string
}

/** One line of a vault file, its cipher text not opened. */
export type SealedVaultRecord = {
  readonly record: number
  /** SHA-256(salt ‖ text), base64url. It stays when the person is erased. */
  readonly digest: string
  /** Whose key: a slot of `people.keys`. */
  readonly slot: number
  readonly nonce: string
  readonly sealed: string
}

/**
 * The line of a record, with its newline:
 *
 *     {"r":record,"d":digest,"k":slot,"n":nonce,"x":AES-256-GCM(person key, salt ‖ u8 length ‖ ip key ‖ text)}
 *
 * bound to "<origin>\n<record>"; digest, nonce and x are base64url.
 */
export function formatVaultRecord(
  { record, salt, ipKey, text }: VaultRecord,
  person: { readonly slot: number; readonly key: Buffer },
  origin: string,
  random: Random,
): string {
  const bytes = Buffer.from(text)
  const ip = Buffer.from(ipKey, 'hex')
  const nonce = random(NONCE_BYTES)
  const plain = Buffer.concat([salt, Buffer.of(ip.length), ip, bytes])
  const x = sealGcm(person.key, nonce, plain, Buffer.from(`${origin}\n${record}`))
  const digest = digestOf(salt, bytes)
  return lineOf({
    record,
    digest,
    slot: person.slot,
    nonce: nonce.toString('base64url'),
    sealed: x.toString('base64url'),
  })
}

/** Reads a line without its newline, in exactly the spelling of `formatVaultRecord`. SyntaxError when it is not one. */
export function parseVaultRecord(line: string): SealedVaultRecord {
  const { r: record, d: digest, k: slot, n: nonce, x: sealed } = JSON.parse(line)
  const parsed = { record, digest, slot, nonce, sealed }
  if (`${line}\n` !== lineOf(parsed) || Buffer.from(sealed, 'base64url').toString('base64url') !== sealed) {
    throw new SyntaxError('not a vault record as it was written')
  }
  return parsed
}

/** Opens a record with its person's key. SyntaxError when a byte of it was altered. */
export function openVaultRecord(stored: SealedVaultRecord, personKey: Buffer, origin: string): VaultRecord {
  const { record, digest } = stored
  const sealed = Buffer.from(stored.sealed, 'base64url')
  const plain = openGcm(personKey, Buffer.from(stored.nonce, 'base64url'), sealed, Buffer.from(`${origin}\n${record}`))
  if (!plain) throw new SyntaxError('the cipher text was altered')
  const salt = plain.subarray(0, SALT_BYTES)
  const textAt = SALT_BYTES + 1 + (plain[SALT_BYTES] as number)
  const bytes = plain.subarray(textAt)
  if (digestOf(salt, bytes) !== digest) throw new SyntaxError('the digest was altered')
  return { record, salt, ipKey: plain.toString('hex', SALT_BYTES + 1, textAt), text: bytes.toString() }
}

const SALT_BYTES = 16

const lineOf = ({ record, digest, slot, nonce, sealed }: SealedVaultRecord): string =>
  `${JSON.stringify({ r: record, d: digest, k: slot, n: nonce, x: sealed })}\n`

const digestOf = (salt: Buffer, bytes: Buffer): string =>
  createHash('sha256').update(salt).update(bytes).digest('base64url')
