import { GrowingBytes } from './segment-bytes.js'
import { FRAME_EVENTS } from './segment-frame.js'
import { appendUuidBytes } from './segment-hex.js'
import { TextPacker, type TextSource } from './segment-text.js'

/** Where the parts of an event lie in its line. A part that is absent ends where it starts. */
export type EventLine = TextSource & {
  readonly coreStart: number
  readonly coreEnd: number
  readonly contentStart: number
  readonly contentEnd: number
  readonly vaultRecord: number
  /** How many numbers of `longStrings` belong to the core; the others belong to the content. */
  readonly coreStrings: number
}

/**
 * Collects the events of one frame and lays them out column by column:
 *
 *     varint count ‖ packed core lengths ‖ packed content lengths ‖ vault records   (varints, count of each)
 *     ‖ event ids (16 bytes each) ‖ varint column length ‖ column ‖ packed cores ‖ packed contents
 */
export class FrameBuilder {
  count = 0
  readonly #coreLengths = new GrowingBytes(1024)
  readonly #contentLengths = new GrowingBytes(1024)
  readonly #records = new GrowingBytes(1024)
  readonly #ids = new GrowingBytes(FRAME_EVENTS * 16)
  readonly #column = new GrowingBytes(16_384)
  readonly #cores = new GrowingBytes(131_072)
  readonly #contents = new GrowingBytes(131_072)
  readonly #corePacker = new TextPacker(this.#cores, this.#column)
  readonly #contentPacker = new TextPacker(this.#contents, this.#column)
  readonly #plain = new GrowingBytes(262_144)

  add(line: EventLine): void {
    const { coreStart, coreEnd, contentStart, contentEnd, longStrings, coreStrings } = line
    const coreFrom = this.#cores.length
    this.#corePacker.pack(line, coreStart, coreEnd, 0, coreStrings)
    this.#coreLengths.appendVarint(this.#cores.length - coreFrom)
    const contentFrom = this.#contents.length
    this.#contentPacker.pack(line, contentStart, contentEnd, coreStrings, longStrings.length)
    this.#contentLengths.appendVarint(this.#contents.length - contentFrom)
    this.#records.appendVarint(line.vaultRecord)
    appendUuidBytes(line.source, line.idAt, this.#ids)
    this.count++
  }

  /** The frame of what was added, as a view that the next frame overwrites. */
  finish(): Buffer {
    const plain = this.#plain
    plain.clear()
    plain.appendVarint(this.count)
    for (const part of [this.#coreLengths, this.#contentLengths, this.#records, this.#ids]) plain.appendAll(part)
    plain.appendVarint(this.#column.length)
    for (const part of [this.#column, this.#cores, this.#contents]) plain.appendAll(part)
    for (const part of this.#parts) part.clear()
    this.count = 0
    return plain.bytes()
  }

  get #parts(): GrowingBytes[] {
    return [
      this.#coreLengths,
      this.#contentLengths,
      this.#records,
      this.#ids,
      this.#column,
      this.#cores,
      this.#contents,
    ]
  }
}
