import { type Cipher, createCipheriv } from 'node:crypto'

/** How long a salt is. */
export const SALT_BYTES = 16

/** How many bytes of keystream one event takes: 16 for the salt of its core, 16 for that of its content. */
export const SALT_PAIR_BYTES = 2 * SALT_BYTES

/**
 * The salts of a segment: the AES-256-CTR keystream of its salt key, with an initial counter block of zero.
 *
 * Asked in ascending order, as a sequencer and a sealer do, it makes one cipher call per 256 events.
 */
export class SaltStream {
  readonly #key: Uint8Array
  #cipher: Cipher | undefined
  /** Where the cipher goes on. */
  #next = 0
  #window = Buffer.alloc(0)
  #start = 0

  constructor(saltKey: Uint8Array) {
    this.#key = saltKey
  }

  /** The salts of `count` events from `position` on, 32 bytes each. The caller does not change them. */
  salts(position: number, count: number): Buffer {
    const from = (position - this.#start) * SALT_PAIR_BYTES
    const to = from + count * SALT_PAIR_BYTES
    if (from >= 0 && to <= this.#window.length) return this.#window.subarray(from, to)
    return this.#fill(position, Math.max(count, WINDOW_EVENTS)).subarray(0, count * SALT_PAIR_BYTES)
  }

  #fill(position: number, count: number): Buffer {
    if (!this.#cipher || position !== this.#next) {
      this.#cipher = createCipheriv(CIPHER, this.#key, counterAt(position))
    }
    this.#window = this.#cipher.update(count === WINDOW_EVENTS ? ZEROS : Buffer.alloc(count * SALT_PAIR_BYTES))
    this.#start = position
    this.#next = position + count
    return this.#window
  }
}

const CIPHER = 'aes-256-ctr'
const WINDOW_EVENTS = 256
const ZEROS = Buffer.alloc(WINDOW_EVENTS * SALT_PAIR_BYTES)

/** Two 16-byte blocks per event. */
function counterAt(position: number): Buffer {
  const block = Buffer.alloc(16)
  block.writeBigUInt64BE(BigInt(position) * 2n, 8)
  return block
}
