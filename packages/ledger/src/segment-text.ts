import type { ByteReader, GrowingBytes } from './segment-bytes.js'

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

/** Appends to `out` the text that was packed as `packed`. RangeError when the column does not fit it. */
export function unpackText(packed: Buffer, id: string, column: ByteReader, out: GrowingBytes): void {
  let copied = 0
  for (let at = 0; at < packed.length; at++) {
    const mark = packed[at] as number
    if (mark > HEX) continue
    out.append(packed, copied, at)
    copied = at + 1
    appendLatin1(out, mark === OWN_ID ? id : mark === UUID ? uuidText(column.take(16)) : hexText(column))
  }
  out.append(packed, copied, packed.length)
}

/** 16 bytes as a UUID's text. */
export function uuidText(bytes: Buffer): string {
  const hex = bytes.toString('hex', 0, 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The mark for the string `source[first, end)`, its bytes appended to the column; 0 when it stays as it is. */
function packValue({ source, idAt }: TextSource, first: number, end: number, column: GrowingBytes): number {
  const length = end - first
  if (length === UUID_TEXT && source[first + 8] === DASH) {
    if (!isUuid(source, first)) return 0
    if (source.compare(source, idAt, idAt + UUID_TEXT, first, end) === 0) return OWN_ID
    column.reserve(16)
    for (let i = 0; i < UUID_TEXT; i += 2) {
      if (source[first + i] === DASH) i++
      column.buffer[column.length++] = hexByte(source, first + i)
    }
    return UUID
  }
  if (length % 2 !== 0 || !isHexWithLetter(source, first, end)) return 0
  column.appendVarint(length / 2)
  column.reserve(length / 2)
  for (let i = first; i < end; i += 2) column.buffer[column.length++] = hexByte(source, i)
  return HEX
}

function isUuid(source: Buffer, first: number): boolean {
  for (let i = 0; i < UUID_TEXT; i++) {
    const isDash = i === 8 || i === 13 || i === 18 || i === 23
    if (isDash ? source[first + i] !== DASH : (DIGIT[source[first + i] as number] as number) > 15) return false
  }
  return true
}

function isHexWithLetter(source: Buffer, first: number, end: number): boolean {
  let highest = 0
  for (let i = first; i < end; i++) {
    const digit = DIGIT[source[i] as number] as number
    if (digit > 15) return false
    if (digit > highest) highest = digit
  }
  return highest > 9
}

const hexByte = (source: Buffer, at: number): number =>
  ((DIGIT[source[at] as number] as number) << 4) | (DIGIT[source[at + 1] as number] as number)

const hexText = (column: ByteReader): string => column.take(column.varint()).toString('hex')

function appendLatin1(out: GrowingBytes, text: string): void {
  out.reserve(text.length)
  out.length += out.buffer.write(text, out.length, 'latin1')
}

const OWN_ID = 1
const UUID = 2
const HEX = 3
const UUID_TEXT = 36
/** Shorter strings stay in the text. */
export const SHORTEST_VALUE = 16
const DASH = 0x2d

/** The value of a lower-case hexadecimal digit; 255 for any other byte. */
const DIGIT = new Uint8Array(256).fill(255)
for (const [value, digit] of [...'0123456789abcdef'].entries()) DIGIT[digit.charCodeAt(0)] = value
