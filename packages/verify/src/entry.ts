/**
 * Reads log entries where they lie, without parsing JSON: an event's entry has one spelling only,
 *
 *     {"c":"<43 base64url>","k":"event",["q":<number>,]"s":"<source>","t":<ms>,"v":1}
 *
 * The fields tell of the entry last read and are overwritten by the next: millions are read.
 */
export class EntryReader {
  isEvent = false
  /** Where the 43 characters of an event's commit begin. */
  commitStart = 0
  /** The source's own number of the event; −1 when it numbers nothing. */
  sequence = -1
  /** The source's name as a JSON string, quotes included. */
  sourceStart = 0
  sourceEnd = 0
  /** When the log took it, ms since 1970. */
  time = 0
  /** The whole of a control entry. */
  control: ControlEntry | null = null

  /** Reads the entry `bytes[start, end)`; false when it is not one, spelled as it must be. */
  read(bytes: Buffer, start: number, end: number): boolean {
    this.isEvent = matches(bytes, start, COMMIT)
    this.control = this.isEvent ? null : readControl(bytes.toString('utf8', start, end))
    if (this.control) this.time = this.control.t
    if (!this.isEvent) return this.control !== null
    this.commitStart = start + COMMIT.length
    const afterCommit = this.commitStart + COMMIT_CHARACTERS
    if (!matches(bytes, afterCommit, KIND)) return false
    const timeStart = this.#readTime(bytes, end)
    const sourceMember = this.#readSequence(bytes, afterCommit + KIND.length)
    if (timeStart < 0 || sourceMember < 0 || !matches(bytes, sourceMember, SOURCE)) return false
    this.sourceStart = sourceMember + SOURCE.length
    this.sourceEnd = timeStart - TIME.length
    return isJsonString(bytes, this.sourceStart, this.sourceEnd)
  }

  /** Reads backwards from the end; gives where the digits begin, −1 when they do not stand there. */
  #readTime(bytes: Buffer, end: number): number {
    const digitsEnd = end - VERSION.length
    let at = digitsEnd
    let scale = 1
    this.time = 0
    while (isDigit(bytes[at - 1])) {
      this.time += ((bytes[--at] as number) - ZERO) * scale
      scale *= 10
    }
    const sound = digitsEnd - at <= 15 && isNumber(bytes, at, digitsEnd) && matches(bytes, at - TIME.length, TIME)
    return sound && matches(bytes, digitsEnd, VERSION) ? at : -1
  }

  /** Gives where the source member begins, −1 when the sequence is misspelled. */
  #readSequence(bytes: Buffer, start: number): number {
    this.sequence = -1
    if (!matches(bytes, start, SEQUENCE)) return start
    let at = start + SEQUENCE.length
    const digits = at
    this.sequence = 0
    while (isDigit(bytes[at])) this.sequence = this.sequence * 10 + ((bytes[at++] as number) - ZERO)
    return isNumber(bytes, digits, at) && bytes[at] === COMMA && Number.isSafeInteger(this.sequence) ? at + 1 : -1
  }
}

/** A control entry: {"b":{body},"k":"<kind>","t":<ms>,"v":1}. */
export type ControlEntry = { readonly b: Record<string, unknown>; readonly k: string; readonly t: number }

/** Reads a control entry; null for anything else. */
export function readControl(text: string): ControlEntry | null {
  if (!text.startsWith('{"b":{')) return null
  try {
    const { b, k, t, v } = JSON.parse(text)
    const sound = typeof k === 'string' && k !== 'event' && Number.isSafeInteger(t) && t >= 0 && v === 1
    return sound && text.endsWith(`},"k":${JSON.stringify(k)},"t":${t},"v":1}`) ? { b, k, t } : null
  } catch {
    return null
  }
}

/** SHA-256 in base64url without padding. */
export const COMMIT_CHARACTERS = 43

const COMMIT = Buffer.from('{"c":"')
const KIND = Buffer.from('","k":"event",')
const SEQUENCE = Buffer.from('"q":')
const SOURCE = Buffer.from('"s":')
const TIME = Buffer.from(',"t":')
const VERSION = Buffer.from(',"v":1}')
const ZERO = 0x30
const COMMA = 0x2c
const QUOTE = 0x22
const BACKSLASH = 0x5c

function matches(bytes: Buffer, at: number, pattern: Buffer): boolean {
  for (let i = 0; i < pattern.length; i++) if (bytes[at + i] !== pattern[i]) return false
  return true
}

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= ZERO && byte <= ZERO + 9

/** At least one digit, and no zero before another. */
const isNumber = (bytes: Buffer, start: number, end: number) =>
  end > start && (end === start + 1 || bytes[start] !== ZERO)

/** Whether `bytes[start, end)` is one JSON string and nothing more. */
function isJsonString(bytes: Buffer, start: number, end: number): boolean {
  if (end - start < 2 || bytes[start] !== QUOTE || bytes[end - 1] !== QUOTE) return false
  for (let at = start + 1; at < end - 1; at++) {
    const byte = bytes[at] as number
    if (byte === QUOTE || byte < 0x20) return false
    if (byte === BACKSLASH && ++at >= end - 1) return false
  }
  return true
}
