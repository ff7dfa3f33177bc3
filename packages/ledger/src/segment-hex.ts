import type { GrowingBytes } from './segment-bytes.js'

/** How many characters a UUID's text has. */
export const UUID_TEXT = 36

/** Appends the 16 bytes of the UUID whose text, lower case, is at `at`. */
export function appendUuidBytes(source: Buffer, at: number, out: GrowingBytes): void {
  out.reserve(UUID_BYTES)
  for (let i = at; i < at + UUID_TEXT; i += 2) {
    if (source[i] === DASH) i++
    out.buffer[out.length++] = byteAt(source, i)
  }
}

/** Appends the text of the UUID whose 16 bytes are at `at`. */
export function appendUuidText(source: Buffer, at: number, out: GrowingBytes): void {
  out.reserve(UUID_TEXT)
  for (let i = 0; i < UUID_BYTES; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) out.buffer[out.length++] = DASH
    appendDigits(source[at + i] as number, out)
  }
}

/** Appends the bytes of the lower-case hexadecimal digits `source[start, end)`, an even number of them. */
export function appendHexBytes(source: Buffer, start: number, end: number, out: GrowingBytes): void {
  out.reserve((end - start) / 2)
  for (let i = start; i < end; i += 2) out.buffer[out.length++] = byteAt(source, i)
}

/** Appends the lower-case hexadecimal digits of the bytes `source[start, end)`. */
export function appendHexText(source: Buffer, start: number, end: number, out: GrowingBytes): void {
  out.reserve(2 * (end - start))
  for (let i = start; i < end; i++) appendDigits(source[i] as number, out)
}

/** The text of the UUID whose 16 bytes are at `at`. */
export function uuidText(source: Buffer, at: number): string {
  const hex = source.toString('hex', at, at + UUID_BYTES)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Whether 36 characters at `at` are a UUID in lower case. */
export function isUuidText(source: Buffer, at: number): boolean {
  for (let i = 0; i < UUID_TEXT; i++) {
    const isDash = i === 8 || i === 13 || i === 18 || i === 23
    if (isDash ? source[at + i] !== DASH : (VALUE[source[at + i] as number] as number) > 15) return false
  }
  return true
}

/** Whether all characters are lower-case hexadecimal digits and one of them is a letter. */
export function isHexWithLetter(source: Buffer, start: number, end: number): boolean {
  let highest = 0
  for (let i = start; i < end; i++) {
    const value = VALUE[source[i] as number] as number
    if (value > 15) return false
    if (value > highest) highest = value
  }
  return highest > 9
}

const UUID_BYTES = 16
const DASH = 0x2d
const DIGITS = Buffer.from('0123456789abcdef')

/** The value of a lower-case hexadecimal digit; 255 for any other byte. */
const VALUE = new Uint8Array(256).fill(255)
for (const [value, digit] of DIGITS.entries()) VALUE[digit] = value

const byteAt = (source: Buffer, at: number): number =>
  ((VALUE[source[at] as number] as number) << 4) | (VALUE[source[at + 1] as number] as number)

function appendDigits(byte: number, out: GrowingBytes): void {
  out.buffer[out.length++] = DIGITS[byte >> 4] as number
  out.buffer[out.length++] = DIGITS[byte & 15] as number
}
