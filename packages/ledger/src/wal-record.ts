import type { RetentionClass } from '@tidemark/event'
import type { LedgerRecord } from './ledger-record.js'

/**
 * Reads one line of a WAL (without its newline) as `eventHead` and `controlLine` begin it; null for anything else.
 *
 * The parts are cut out of the text, not parsed, so that they come back byte for byte. `walFirst` is the first leaf
 * of the file.
 */
export function readRecord(line: string, walFirst: number): LedgerRecord | null {
  const head = readHead(line)
  if (!head) return null
  const { index, entry, at } = head
  if (at === line.length - 1) return { index, entry }
  EVENT_MEMBERS.lastIndex = at
  const members = EVENT_MEMBERS.exec(line)
  if (!members) return null
  const coreStart = EVENT_MEMBERS.lastIndex
  const coreEnd = endOfObject(line, coreStart)
  const personal = memberAt(line, coreEnd, ',"personal":')
  const content = memberAt(line, personal.end, ',"content":')
  if (coreEnd < 0 || content.end !== line.length - 1 || line[content.end] !== '}') return null
  return {
    index,
    entry,
    event: {
      retentionClass: members[1] as RetentionClass,
      segmentFirst: walFirst,
      position: Number(members[2]),
      id: members[3]!,
      vaultRecord: Number(members[4]),
      personalSalt: members[5]!,
      ipKey: members[6] ?? '',
      core: line.slice(coreStart, coreEnd),
      personal: personal.text,
      content: content.text,
    },
  }
}

/** The index and the entry a line begins with, and where the rest of it starts. */
export function readHead(line: string): { index: number; entry: string; at: number } | null {
  if (!line.startsWith('{"i":') || !line.endsWith('}')) return null
  const comma = line.indexOf(',', 5)
  if (comma < 0 || !line.startsWith('"e":{', comma + 1)) return null
  const index = Number(line.slice(5, comma))
  const entryStart = comma + 5
  const at = endOfObject(line, entryStart)
  return at < 0 || !Number.isSafeInteger(index) ? null : { index, entry: line.slice(entryStart, at), at }
}

/** What a commit line says; null for any other line (newline left out). */
export function readCommit(line: string): { count: number; crc32: number; size: number } | null {
  const match = /^\{"commit":\{"count":(\d+),"crc32":(\d+),"size":(\d+)\}\}$/.exec(line)
  return match && { count: Number(match[1]), crc32: Number(match[2]), size: Number(match[3]) }
}

/** The members of an event line between its entry and its core. */
export const EVENT_MEMBERS =
  /,"k":"([a-z_]+)","n":(\d+),"id":"([0-9a-f-]{36})","p":(\d+),"ps":"([\w-]{22})"(?:,"ip":"([0-9a-f]{32})")?,"core":(?=\{)/y

/** Just past the JSON object that starts at `start`; −1 when it does not end. */
function endOfObject(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--
    if (depth === 0) return at + 1
  }
  return -1
}

/** The closing quote of the string whose opening quote is at `start`; the end of the text when there is none. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++
    if (slashes % 2 === 0) return at
  }
  return text.length
}

function memberAt(line: string, at: number, name: string): { text: string; end: number } {
  if (at < 0 || !line.startsWith(name, at)) return { text: '', end: at }
  const start = at + name.length
  const end = endOfObject(line, start)
  return { text: line.slice(start, end), end }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
