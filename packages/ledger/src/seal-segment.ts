import { SALT_PAIR_BYTES } from './salts.js'
import { commitmentIn } from './seal-commitment.js'
import type { SealFile } from './seal-file.js'
import type { WalLine } from './seal-line.js'
import { GrowingBytes } from './segment-bytes.js'
import { FRAME_EVENTS, Frame } from './segment-frame.js'
import { FrameBuilder } from './segment-frame-builder.js'
import type { SegmentKey } from './segment-keys.js'
import type { SegmentId } from './segment-name.js'
import { SegmentWriter } from './segment-writer.js'

/** What one segment came to. */
export type SealedSegment = SegmentId & {
  readonly count: number
  /** `receivedAt` of its first and last event, ms. */
  readonly tFirst: number
  readonly tLast: number
  /** Size of the file. */
  readonly bytes: number
}

/**
 * Fills the segment of one class. Before a frame is written it is taken apart again, and each event in it must give the
 * commitment its entry makes: nothing is sealed that could not be proven later.
 */
export class SegmentSealer {
  readonly #frame = new FrameBuilder()
  readonly #texts = new GrowingBytes(262_144)
  readonly #writer: SegmentWriter
  readonly #leaves: number[] = []
  /** Of the events in the frame being filled. */
  readonly #commitments: string[] = []
  readonly #personalDigests: Buffer[] = []
  #tFirst = 0
  #tLast = 0

  constructor(
    readonly id: SegmentId,
    readonly key: SegmentKey,
    readonly file: SealFile,
    binding: string,
    quality?: number,
  ) {
    this.#writer = new SegmentWriter(file, key.dataKey, binding, quality)
  }

  /** Adds the event of a line; `personalDigest` is that of its vault record. SyntaxError when its commitment is wrong. */
  add(line: WalLine, personalDigest: Buffer): void {
    if (line.position !== this.#leaves.length) throw new SyntaxError(`place ${line.position} is not the next`)
    if (this.#leaves.length === 0) this.#tFirst = line.receivedAt
    this.#tLast = line.receivedAt
    this.#leaves.push(line.index)
    this.#commitments.push(commitmentIn(line.source, line.entryStart))
    this.#personalDigests.push(personalDigest)
    this.#frame.add(line)
    if (this.#frame.count === FRAME_EVENTS) this.#finishFrame()
  }

  /** Writes what is complete. */
  flush(): Promise<void> {
    return this.#writer.flush()
  }

  /** Writes the rest and makes the segment durable. */
  async finish(): Promise<SealedSegment> {
    if (this.#frame.count > 0) this.#finishFrame()
    const about = { count: this.#leaves.length, tFirst: this.#tFirst, tLast: this.#tLast }
    await this.#writer.finish({ ...this.id, ...about, leaves: this.#leaves })
    return { ...this.id, ...about, bytes: this.file.size }
  }

  #finishFrame(): void {
    const plain = this.#frame.finish()
    const frame = new Frame(plain, this.#texts)
    const from = this.#leaves.length - frame.count
    const salts = this.key.salts(from, frame.count)
    for (let i = 0; i < frame.count; i++) {
      const commitment = frame.commitmentOf(i, salts, i * SALT_PAIR_BYTES, this.#personalDigests[i] as Buffer)
      if (commitment !== this.#commitments[i]) {
        throw new SyntaxError(`the entry of leaf ${this.#leaves[from + i]} does not commit to its event`)
      }
    }
    this.#commitments.length = 0
    this.#personalDigests.length = 0
    this.#writer.add(plain)
  }
}
