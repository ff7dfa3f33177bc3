import { createCipheriv, createHash } from 'node:crypto'
import { decodeBase64url, openGcm } from './gcm.js'
import { RANGE_LEAVES } from './range-state.js'

/** The opened key file of one segment. */
export class SegmentKey {
  readonly dataKey: Buffer
  readonly #saltKey: Buffer
  #salts: Buffer = Buffer.alloc(0)

  constructor(secret: Buffer) {
    this.dataKey = secret.subarray(0, 32)
    this.#saltKey = secret.subarray(32)
  }

  /** The salts of the first `count` events, 32 bytes each: 16 salt its core, 16 its content. */
  salts(count: number): Buffer {
    if (this.#salts.length < count * SALTS_BYTES) this.#salts = saltStream(this.#saltKey, count)
    return this.#salts
  }

  /** The salts of one event. */
  saltsAt(position: number): Buffer {
    if (position >= RANGE_LEAVES) return NO_SALTS
    const salts = this.salts((Math.floor(position / SALTS_AHEAD) + 1) * SALTS_AHEAD)
    return salts.subarray(position * SALTS_BYTES, (position + 1) * SALTS_BYTES)
  }
}

/** `locked`: wrapped with another master key than the one given. `altered`: with this one, but it does not open. */
export type SegmentKeyFailure = 'malformed' | 'locked' | 'altered'

/**
 * Opens a file of `keys/`: {"v":1,"kid":…,"nonce":…,"ct":…}, AES-256-GCM(master key, data key ‖ salt key), bound to
 * "<origin>\n<class>/<period>-<first>".
 */
export function openSegmentKey(file: Buffer, masterKey: Uint8Array, binding: string): SegmentKey | SegmentKeyFailure {
  const match = /^\{"v":1,"kid":"([0-9a-f]{16})","nonce":"([\w-]{16})","ct":"([\w-]{107})"\}\n$/.exec(
    file.toString('latin1'),
  )
  const [, kid, nonce, ct] = match ?? []
  const sealed = ct === undefined ? null : decodeBase64url(ct)
  if (!sealed || nonce === undefined) return 'malformed'
  const secret = openGcm(masterKey, Buffer.from(nonce, 'base64url'), sealed, binding)
  if (kid !== masterKeyId(masterKey)) return secret ? 'altered' : 'locked'
  if (secret?.length !== 64) return 'altered'
  return new SegmentKey(secret)
}

/** Names a master key without telling it: the first 16 hex digits of SHA-256("tidemark master key\n" ‖ key). */
export function masterKeyId(masterKey: Uint8Array): string {
  return createHash('sha256').update('tidemark master key\n').update(masterKey).digest('hex').slice(0, 16)
}

/** The keystream of AES-256-CTR from counter 0 on. */
function saltStream(saltKey: Buffer, count: number): Buffer {
  return createCipheriv('aes-256-ctr', saltKey, Buffer.alloc(16)).update(Buffer.alloc(count * SALTS_BYTES))
}

const SALTS_BYTES = 32
/** How many salts are made at once when they are asked for one by one. */
const SALTS_AHEAD = 4096
/** A segment has no more places than a range has leaves; behind them no salt is right. */
const NO_SALTS = Buffer.alloc(SALTS_BYTES)
