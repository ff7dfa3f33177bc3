import { ByteReader } from './byte-reader.js'
import type { TextBuffer } from './text-buffer.js'

/**
 * One frame of a segment, decrypted and decompressed:
 *
 *     varint count ‖ core lengths ‖ content lengths ‖ vault records (varints, count of each)
 *     ‖ event ids (16 bytes each) ‖ varint column length ‖ column ‖ packed cores ‖ packed contents
 *
 * In packed texts some strings are replaced by one control byte: 0x01 the event's own id · 0x02 another UUID, 16 bytes in
 * the column · 0x03 hexadecimal digits, in the column as varint length ‖ bytes.
 */
export class SegmentFrame {
  readonly count: number
  readonly #bytes: Buffer
  readonly #coreLengths: number[]
  readonly #contentLengths: number[]
  readonly #records: number[]
  readonly #idsStart: number
  readonly #column: ByteReader
  #core: number
  #content: number
  #next = 0

  /** RangeError when the bytes are not a frame. */
  constructor(bytes: Buffer) {
    const reader = new ByteReader(bytes)
    this.#bytes = bytes
    this.count = reader.varint()
    if (this.count > FRAME_EVENTS) throw new RangeError(`a frame of ${this.count} events`)
    const numbers = () => Array.from({ length: this.count }, () => reader.varint())
    this.#coreLengths = numbers()
    this.#contentLengths = numbers()
    this.#records = numbers()
    this.#idsStart = reader.skip(16 * this.count)
    const columnBytes = reader.varint()
    const columnStart = reader.skip(columnBytes)
    this.#column = new ByteReader(bytes.subarray(columnStart, columnStart + columnBytes))
    this.#core = reader.skip(this.#coreLengths.reduce((sum, length) => sum + length, 0))
    this.#content = reader.skip(this.#contentLengths.reduce((sum, length) => sum + length, 0))
    if (reader.at !== bytes.length) throw new RangeError('bytes are left over')
  }

  /** Writes the next event's texts to `core` and `content` and gives the number of its personal record. */
  next(core: TextBuffer, content: TextBuffer): number {
    const place = this.#next++
    const coreEnd = this.#core + (this.#coreLengths[place] as number)
    const contentEnd = this.#content + (this.#contentLengths[place] as number)
    this.#unpack(this.#core, coreEnd, place, core)
    this.#unpack(this.#content, contentEnd, place, content)
    this.#core = coreEnd
    this.#content = contentEnd
    return this.#records[place] as number
  }

  /** Whether the column was used up, neither more nor less. */
  get isDone(): boolean {
    return this.#next === this.count && this.#column.at === this.#column.bytes.length
  }

  #unpack(start: number, end: number, place: number, out: TextBuffer): void {
    const bytes = this.#bytes
    const column = this.#column
    out.clear()
    let copied = start
    for (let at = start; at < end; at++) {
      const mark = bytes[at] as number
      if (mark > HEX) continue
      out.append(bytes, copied, at)
      copied = at + 1
      if (mark === OWN_ID) out.appendUuid(bytes, this.#idsStart + 16 * place)
      else if (mark === UUID) out.appendUuid(column.bytes, column.skip(16))
      else {
        const length = column.varint()
        const from = column.skip(length)
        out.appendHex(column.bytes, from, from + length)
      }
    }
    out.append(bytes, copied, end)
  }
}

/** Only the last frame of a segment has fewer. */
export const FRAME_EVENTS = 256

const OWN_ID = 1
const UUID = 2
const HEX = 3
