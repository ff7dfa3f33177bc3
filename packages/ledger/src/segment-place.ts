import type { SegmentSalts } from './sealed-half.js'

/** How far a segment is filled, and the salts of the places to come, fetched in blocks so that a cipher runs rarely. */
export class SegmentPlace {
  #block: Buffer = EMPTY
  #blockStart = 0

  /** `position` is the place the next event takes. */
  constructor(
    readonly salts: SegmentSalts,
    public position: number,
  ) {}

  /** Copies the two salts of place `position` to the front of the scratch buffers of core and content. */
  saltInto(core: Buffer, content: Buffer): void {
    let at = (this.position - this.#blockStart) * SALTS_BYTES
    if (at < 0 || at >= this.#block.length) {
      this.#block = this.salts.salts(this.position, BLOCK_PLACES)
      this.#blockStart = this.position
      at = 0
    }
    this.#block.copy(core, 0, at, at + SALT_BYTES)
    this.#block.copy(content, 0, at + SALT_BYTES, at + SALTS_BYTES)
  }
}

export const SALT_BYTES = 16
const SALTS_BYTES = 2 * SALT_BYTES
const BLOCK_PLACES = 256
const EMPTY = Buffer.alloc(0)
