import { FormatError } from './format-error.js'

/** Standard base64 with padding (RFC 4648 §4). */
export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const bits = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += ALPHABET[bits >>> 18]! + ALPHABET[(bits >>> 12) & 63]
    text += i + 1 < bytes.length ? ALPHABET[(bits >>> 6) & 63] : '='
    text += i + 2 < bytes.length ? ALPHABET[bits & 63] : '='
  }
  return text
}

/**
 * The bytes of standard base64 with padding (RFC 4648 §4), in its one canonical spelling.
 *
 * Refused as `bad_base64`: other characters, missing padding, stray bits in the last character (two texts for one
 * value would let a signature line be altered unnoticed).
 */
export function decodeBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) throw badBase64()
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  const digits = text.length - padding
  for (let i = 0, at = 0; i < digits; i += 4, at += 3) {
    const bits = [0, 1, 2, 3].reduce((sum, j) => (sum << 6) | (i + j < digits ? digitAt(text, i + j) : 0), 0)
    bytes[at] = bits >>> 16
    if (at + 1 < bytes.length) bytes[at + 1] = bits >>> 8
    if (at + 2 < bytes.length) bytes[at + 2] = bits
  }
  if (encodeBase64(bytes) !== text) throw badBase64()
  return bytes
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function digitAt(text: string, i: number): number {
  const value = ALPHABET.indexOf(text.charAt(i))
  if (value < 0) throw badBase64()
  return value
}

function badBase64(): FormatError {
  return new FormatError('bad_base64', 'not canonical standard base64')
}
