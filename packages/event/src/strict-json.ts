import { checkJson } from './json-check.js'
import { limits } from './limits.js'
import { refuse } from './refusal.js'

/** A JSON text that every reader understands alike. `plain` when no string in it holds a character that JSON escapes. */
export type StrictJson = { readonly value: unknown; readonly plain: boolean }

/**
 * Parses JSON and refuses what other readers could take for something else.
 *
 * Refused (EventRefused) are malformed text, duplicate members at any depth, numbers beyond ±(2^53 − 1), lone
 * surrogates and nesting beyond `limits.textDepth`. JSON.parse does the work; one look at the text's characters then
 * tells whether anything in it needs the exact and slower `checkJson`. Source: RFC 8259, RFC 7493 (I-JSON).
 */
export function readStrictJson(text: string): StrictJson {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    checkJson(text, limits.textDepth)
    return refuse('invalid_json', '', 'the text is not JSON')
  }
  const seen = survey(text)
  if (seen.depth > limits.textDepth || seen.suspicious || seen.members !== countMembers(value)) {
    checkJson(text, limits.textDepth)
  }
  return { value, plain: !seen.escapes }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** One pass over the characters of a text that is known to be JSON. */
function survey(text: string) {
  let members = 0
  let depth = 0
  let deepest = 0
  let digits = 0
  let escapes = false
  let suspicious = !(text as { isWellFormed(): boolean } & string).isWellFormed()
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === QUOTE) {
      for (let d = text.charCodeAt(++i); d !== QUOTE; d = text.charCodeAt(++i)) {
        if (d !== BACKSLASH) continue
        escapes = true
        if (text.charCodeAt(++i) === 0x75 && (text.charCodeAt(i + 1) | 0x20) === 0x64) suspicious = true
      }
    } else if (c >= 0x30 && c <= 0x39) {
      if (++digits === 16) suspicious = true
    } else {
      if (c === 0x3a) members++
      else if ((c | 0x20) === 0x7b) {
        if (++depth > deepest) deepest = depth
      } else if ((c | 0x20) === 0x7d) depth--
      else if (digits > 0 && (c | 0x20) === 0x65) suspicious = true
      digits = 0
    }
  }
  return { members, depth: deepest, escapes, suspicious }
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (typeof value[i] === 'object') count += countMembers(value[i])
    return count
  }
  for (const key in value) {
    count++
    const member = (value as Record<string, unknown>)[key]
    if (typeof member === 'object') count += countMembers(member)
  }
  return count
}

/** The text of UTF-8 bytes, a byte order mark dropped; refuses (EventRefused) bytes that are not UTF-8. */
export function textOfUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    return refuse('invalid_utf8', '', 'expected UTF-8 text')
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true })
