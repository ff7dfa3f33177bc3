import { ByteReader, GrowingBytes } from './segment-bytes.js'
import { TextPacker, type TextSource, unpackText, uuidText } from './segment-text.js'

/** How many events a frame holds; only the last one of a segment holds fewer. */
export const FRAME_EVENTS = 256

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
    this.#ids.appendHex(line.source.toString('latin1', line.idAt, line.idAt + 36).replaceAll('-', ''))
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

/** One event of a frame. `core` and `content` are views; an absent content is empty. */
export type FrameEvent = {
  readonly id: string
  readonly vaultRecord: number
  readonly core: Buffer
  readonly content: Buffer
}

/** The events of a frame, views into `texts`. RangeError when it is not one. */
export function decodeFrame(plain: Buffer, texts = new GrowingBytes(2 * plain.length)): FrameEvent[] {
  texts.clear()
  const reader = new ByteReader(plain)
  const count = reader.varint()
  if (count > FRAME_EVENTS) throw new RangeError(`a frame of ${count} events`)
  const numbers = () => Array.from({ length: count }, () => reader.varint())
  const [coreLengths, contentLengths, records] = [numbers(), numbers(), numbers()]
  const ids = Array.from({ length: count }, () => uuidText(reader.take(16)))
  const column = new ByteReader(reader.take(reader.varint()))
  const cores = new ByteReader(reader.take(sumOf(coreLengths)))
  const contents = new ByteReader(reader.take(sumOf(contentLengths)))
  const ends = ids.map((id, i) => {
    unpackText(cores.take(coreLengths[i] as number), id, column, texts)
    const coreEnd = texts.length
    unpackText(contents.take(contentLengths[i] as number), id, column, texts)
    return { coreEnd, end: texts.length }
  })
  if (reader.at !== plain.length || column.at !== column.bytes.length)
    throw new RangeError('bytes left over in a frame')
  return ends.map(({ coreEnd, end }, i) => ({
    id: ids[i] as string,
    vaultRecord: records[i] as number,
    core: texts.buffer.subarray(ends[i - 1]?.end ?? 0, coreEnd),
    content: texts.buffer.subarray(coreEnd, end),
  }))
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)
