import type { ByteReader, GrowingBytes } from './segment-bytes.js'
import {
  appendHexBytes,
  appendHexText,
  appendUuidBytes,
  appendUuidText,
  isHexWithLetter,
  isUuidText,
  UUID_TEXT,
} from './segment-hex.js'

/**
 * Canonical JSON texts packed for compression: random hexadecimal values leave the text and stand, as bytes, in a column
 * of their own, because no compressor gets them below the 16 bytes they are.
 *
 * Inside a string that is nothing but such a value stands one control byte instead, which JSON texts never hold:
 * 0x01 the event's own id · 0x02 another UUID, 16 bytes in the column · 0x03 an even number of at least 16 lower-case
 * hexadecimal digits with a letter among them, in the column as varint length ‖ bytes.
 */
export class TextPacker {
  constructor(
    readonly text: GrowingBytes,
    readonly column: GrowingBytes,
  ) {}

  /** Packs `line.source[start, end)`, whose longer strings are number `from` to before `to` of `line.longStrings`. */
  pack(line: TextSource, start: number, end: number, from: number, to: number): void {
    const { source, longStrings } = line
    const { text } = this
    const shift = text.length - start
    text.append(source, start, end)
    const { buffer } = text
    let packedTo = start
    let copiedTo = start
    for (let i = from; i < to; i += 2) {
      const first = longStrings[i] as number
      const last = longStrings[i + 1] as number
      const mark = packValue(line, first, last, this.column)
      if (mark === 0) continue
      if (packedTo !== copiedTo) buffer.copyWithin(shift + packedTo, shift + copiedTo, shift + first)
      packedTo += first - copiedTo
      buffer[shift + packedTo++] = mark
      copiedTo = last
    }
    if (packedTo !== copiedTo) buffer.copyWithin(shift + packedTo, shift + copiedTo, shift + end)
    text.length = shift + packedTo + end - copiedTo
  }
}

/** A line with an event in it. */
export type TextSource = {
  readonly source: Buffer
  /** Where the 36 characters of the event's id are. */
  readonly idAt: number
  /** Start and end of each string of at least `SHORTEST_VALUE` bytes. */
  readonly longStrings: readonly number[]
}

/** Unpacks the texts in `packed[start, end)`, which lie one behind the other. */
export class TextUnpacker {
  /** The next place of each mark, at or behind `#at`. */
  readonly #places = [0, 0, 0, 0]
  #at: number

  constructor(
    readonly packed: Buffer,
    start: number,
    readonly end: number,
    readonly column: ByteReader,
  ) {
    this.#at = start
    for (const mark of MARKS) this.#seek(mark)
  }

  /**
   * Appends the next text, packed into `length` bytes, to `out`; the event's id is 16 bytes at `idAt`. RangeError when the
   * column does not fit.
   */
  next(length: number, idAt: number, out: GrowingBytes): void {
    const { packed, column } = this
    const end = this.#at + length
    for (let mark = this.#nextMark(); this.#placeOf(mark) < end; mark = this.#nextMark()) {
      const place = this.#placeOf(mark)
      out.append(packed, this.#at, place)
      this.#at = place + 1
      this.#seek(mark)
      if (mark === OWN_ID) appendUuidText(packed, idAt, out)
      else if (mark === UUID) appendUuidText(column.bytes, column.skip(16), out)
      else {
        const bytes = column.varint()
        const from = column.skip(bytes)
        appendHexText(column.bytes, from, from + bytes, out)
      }
    }
    out.append(packed, this.#at, end)
    this.#at = end
  }

  #placeOf(mark: number): number {
    return this.#places[mark] as number
  }

  /** The mark that comes first. */
  #nextMark(): number {
    const [, id, uuid, hex] = this.#places as [number, number, number, number]
    if (id < uuid) return id < hex ? OWN_ID : HEX
    return uuid < hex ? UUID : HEX
  }

  /** A search in native code: marks are far apart. */
  #seek(mark: number): void {
    const place = this.packed.indexOf(mark, this.#at)
    this.#places[mark] = place < 0 ? this.end : place
  }
}

/** The mark for the string `source[first, end)`, its bytes appended to the column; 0 when it stays as it is. */
function packValue({ source, idAt }: TextSource, first: number, end: number, column: GrowingBytes): number {
  const length = end - first
  if (length === UUID_TEXT && isUuidText(source, first)) {
    if (isSame(source, first, idAt)) return OWN_ID
    appendUuidBytes(source, first, column)
    return UUID
  }
  if (length % 2 !== 0 || !isHexWithLetter(source, first, end)) return 0
  column.appendVarint(length / 2)
  appendHexBytes(source, first, end, column)
  return HEX
}

function isSame(source: Buffer, one: number, other: number): boolean {
  for (let i = 0; i < UUID_TEXT; i++) if (source[one + i] !== source[other + i]) return false
  return true
}

const OWN_ID = 1
const UUID = 2
const HEX = 3
const MARKS = [OWN_ID, UUID, HEX]
/** Shorter strings stay in the text. */
export const SHORTEST_VALUE = 16
