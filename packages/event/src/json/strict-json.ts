import { limits } from '../limits.js'
import { refuse } from '../refusal.js'
import { isWellFormed } from './canonical-json.js'
import { checkJson } from './json-check.js'
import { checkJsonValue } from './json-value.js'

/** A value, and what a look at its text told, so that later steps can skip work. */
export type StrictJson = {
  readonly value: unknown
  /** No string in it holds a character that JSON escapes. */
  readonly plain: boolean
}

/**
 * Parses JSON and refuses what other readers could take for something else.
 *
 * Refused (EventRefused) are malformed text, duplicate members at any depth, numbers beyond ±(2^53 − 1), lone
 * surrogates and nesting beyond `limits.textDepth`. JSON.parse does the work; one look at the text then tells whether
 * anything in it needs the exact and slower `checkJson`. Source: RFC 8259, RFC 7493 (I-JSON).
 */
export function readStrictJson(text: string): StrictJson {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    checkJson(text, limits.textDepth)
    return refuse('invalid_json', '', 'the text is not JSON')
  }
  const plain = !text.includes('\\')
  const seen = plain ? surveyPlain(text) : surveyEscaped(text)
  if (seen.depth > limits.textDepth || seen.members !== countMembers(value)) checkJson(text, limits.textDepth)
  if (seen.suspicious || !isWellFormed(text)) checkJsonValue(value)
  return { value, plain }
}

/** What stands outside the strings of a text that is known to be JSON. */
class Survey {
  members = 0
  depth = 0
  suspicious = false
  private open = 0
  private digits = 0

  /** Sixteen digits in a row can be an unsafe number, and so can an exponent. */
  see(c: number): void {
    if (c === 0x2c) this.digits = 0
    else if (c === 0x3a) {
      this.members++
      this.digits = 0
    } else if (c >= 0x30 && c <= 0x39) {
      if (++this.digits === 16) this.suspicious = true
    } else if ((c | 0x20) === 0x7b) {
      if (++this.open > this.depth) this.depth = this.open
    } else if ((c | 0x20) === 0x7d) {
      this.open--
      this.digits = 0
    } else {
      if (this.digits > 0 && (c | 0x20) === 0x65) this.suspicious = true
      this.digits = 0
    }
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

function surveyPlain(text: string): Survey {
  const survey = new Survey()
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === QUOTE) i = text.indexOf('"', i + 1)
    else survey.see(c)
  }
  return survey
}

function surveyEscaped(text: string): Survey {
  const survey = new Survey()
  survey.suspicious = /\\u[dD]/.test(text)
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c !== QUOTE) survey.see(c)
    else
      do i = text.indexOf('"', i + 1)
      while (isEscaped(text, i))
  }
  return survey
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1
  while (text.charCodeAt(before) === BACKSLASH) before--
  return (at - before) % 2 === 0
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
