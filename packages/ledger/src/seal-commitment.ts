import { hash } from 'node:crypto'
import { sha256Into } from '@tidemark/proof'
import { SALT_PAIR_BYTES } from './salts.js'

/**
 * The commitment of an event, base64url as its entry has it:
 *
 *     SHA-256( SHA-256(coreSalt ‖ core) ‖ personalDigest ‖ SHA-256(contentSalt ‖ content) )
 *
 * Both salts stand side by side in `salts` at `saltsAt`.
 */
export function commitmentOf(
  salts: Buffer,
  saltsAt: number,
  core: Buffer,
  personalDigest: Buffer,
  content: Buffer,
): string {
  saltedDigestInto(digests, 0, salts, saltsAt, core)
  personalDigest.copy(digests, 32)
  saltedDigestInto(digests, 64, salts, saltsAt + SALT_PAIR_BYTES / 2, content)
  return hash('sha256', digests, 'base64url')
}

/** The commitment an entry makes, base64url; '' when it is not the entry of an event. */
export function commitmentIn(entry: Buffer, start = 0): string {
  const isEvent = EVENT_START.compare(entry, start, start + EVENT_START.length) === 0
  const at = start + EVENT_START.length
  return isEvent ? entry.toString('latin1', at, at + COMMITMENT_TEXT) : ''
}

/** Writes SHA-256(salt ‖ bytes) to `out` at `offset`; the salt is 16 bytes of `salts` from `saltAt` on. */
function saltedDigestInto(out: Buffer, offset: number, salts: Buffer, saltAt: number, bytes: Buffer): void {
  const length = SALT_BYTES + bytes.length
  if (length > salted.length) salted = Buffer.alloc(2 * length)
  salts.copy(salted, 0, saltAt, saltAt + SALT_BYTES)
  bytes.copy(salted, SALT_BYTES)
  sha256Into(salted.subarray(0, length), out, offset)
}

const EVENT_START = Buffer.from('{"c":"')
const COMMITMENT_TEXT = 43
const SALT_BYTES = 16
const digests = Buffer.alloc(96)
let salted = Buffer.alloc(65_536)
