import { createHash } from 'node:crypto'
import type { RawPayload } from './mapper.js'

/** A JSON object as it came from elsewhere. */
export type Foreign = { readonly [name: string]: unknown }

export const isObject = (value: unknown): value is Foreign =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Reads JSON of any origin so that every value can stand in an event; undefined when the text is none.
 *
 * Integers beyond ±(2^53 − 1) and numbers beyond the range become texts, since reading them would round them. Halves of
 * surrogate pairs become U+FFFD. The payload kept beside the event has them as they were.
 */
export function readForeign(text: string): unknown {
  try {
    const value = JSON.parse(MAY_BE_LONG.test(text) ? quoteLongNumbers(text) : text)
    return MAY_BE_BROKEN.test(text) ? wellFormed(value) : value
  } catch {
    return undefined
  }
}

/**
 * The payload of a record for `raw`. A text of more than `MOST_KEPT` bytes is only hashed, so that the event stays within
 * its limit.
 */
export function rawPayload(format: string, text: string): RawPayload {
  const sha256 = createHash('sha256').update(text).digest('hex')
  return Buffer.byteLength(text) > MOST_KEPT ? { format, sha256 } : { format, sha256, payload: text }
}

/** SHA-256 of a text's UTF-8 bytes. */
export const hashText = (text: string): Uint8Array => createHash('sha256').update(text).digest()

/** At most `max` characters (code points), the limit of an event's field. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text
  return Array.from(text).slice(0, max).join('')
}

const MOST_KEPT = 192 * 1024

const MAY_BE_LONG = /\d{16}|[eE]\+?\d{3}/
const MAY_BE_BROKEN = /\\u[dD][89a-fA-F]|[\ud800-\udfff]/
const TOKEN = /"(?:[^"\\]|\\[\s\S])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

const quoteLongNumbers = (text: string) =>
  text.replace(TOKEN, (token) =>
    token.startsWith('"') || Math.abs(Number(token)) <= Number.MAX_SAFE_INTEGER ? token : `"${token}"`,
  )

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\ufffd')
  if (Array.isArray(value)) return value.map(wellFormed)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [wellFormed(name), wellFormed(member)]))
}
