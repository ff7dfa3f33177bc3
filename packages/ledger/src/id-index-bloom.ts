import { mix } from './id-index-hash.js'

/**
 * A Bloom filter over fingerprints: `has` is true for all that were added, and for less than one in a hundred others.
 *
 * 10 to 20 bits and five probes per fingerprint.
 */
export class Bloom {
  readonly #bits: Uint8Array
  readonly #mask: number

  /** Room for `count` fingerprints. */
  constructor(count: number) {
    const bytes = bloomBytes(count)
    this.#bits = new Uint8Array(bytes)
    this.#mask = bytes * 8 - 1
  }

  add(fingerprint: number): void {
    const step = stepOf(fingerprint)
    for (let i = 0, at = mix(fingerprint); i < PROBES; i++, at = (at + step) >>> 0) {
      const bit = at & this.#mask
      this.#bits[bit >>> 3]! |= 1 << (bit & 7)
    }
  }

  has(fingerprint: number): boolean {
    const step = stepOf(fingerprint)
    for (let i = 0, at = mix(fingerprint); i < PROBES; i++, at = (at + step) >>> 0) {
      const bit = at & this.#mask
      if (((this.#bits[bit >>> 3] as number) & (1 << (bit & 7))) === 0) return false
    }
    return true
  }
}

/** How much memory a filter for `count` fingerprints takes: the power of two from 10 bits each on. */
export const bloomBytes = (count: number): number => Math.max(8, 2 ** Math.ceil(Math.log2((count * 10) / 8)))

const PROBES = 5

const stepOf = (fingerprint: number): number => mix(fingerprint ^ 0x9e3779b9) | 1
