import { brotliCompressSync, constants } from 'node:zlib'
import type { SealFile } from './seal-file.js'
import { SEGMENT_MAGIC, sealFrame, signFooter } from './segment-cipher.js'
import { encodeFooter, type SegmentFooter } from './segment-footer.js'

/**
 * How hard frames are compressed, 0 … 11. On realistic events of 885 bytes, 3 takes 8 bytes more for each event and 1 µs
 * less, 5 takes 6 bytes less and at least 2.5 µs more (docs/ledger-format.md has the table).
 */
export const FRAME_QUALITY = 4

/**
 * Writes one segment:
 *
 *     "TMSEG1\n" ‖ frames ‖ footer JSON ‖ u32be footer length ‖ "TMSEG1\n"
 */
export class SegmentWriter {
  readonly #frames: [number, number][] = []
  readonly #pending: Buffer[] = [SEGMENT_MAGIC]
  #size = SEGMENT_MAGIC.length

  /** `binding` is "<origin>\n<segment name>", which every cipher text of the segment is tied to. */
  constructor(
    readonly file: SealFile,
    readonly dataKey: Uint8Array,
    readonly binding: string,
    readonly quality: number = FRAME_QUALITY,
  ) {}

  /** Takes one frame as `FrameBuilder.finish` gives it; `flush` writes it. */
  add(plain: Buffer): void {
    const packed = brotliCompressSync(plain, { params: this.#params(plain.length) })
    const frame = sealFrame(this.dataKey, this.binding, this.#frames.length, packed)
    this.#frames.push([this.#size, frame.length])
    this.#size += frame.length
    this.#pending.push(frame)
  }

  async flush(): Promise<void> {
    if (this.#pending.length > 0) await this.file.append(Buffer.concat(this.#pending.splice(0)))
  }

  /** Writes the footer and makes the file durable under its name. */
  async finish(about: Omit<SegmentFooter, 'frames'>): Promise<void> {
    const footer = Buffer.from(signFooter(this.dataKey, this.binding, encodeFooter({ ...about, frames: this.#frames })))
    const length = Buffer.alloc(4)
    length.writeUInt32BE(footer.length)
    this.#pending.push(footer, length, SEGMENT_MAGIC)
    await this.flush()
    await this.file.finish()
  }

  #params(bytes: number) {
    return {
      [constants.BROTLI_PARAM_QUALITY]: this.quality,
      [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes,
    }
  }
}

/** A frame of ordinary events has less than 2^18 bytes; a larger window does not make it smaller. */
const WINDOW_BITS = 18
