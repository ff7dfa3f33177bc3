import { isUtf8 } from 'node:buffer'
import { limits } from '@tidemark/event'
import { RequestProblem } from '../http/request-problem.js'
import { ElementScanner } from './element-scanner.js'
import type { Turn } from './turns.js'

/** One event of a body: its text, or its bytes when they are not UTF-8 or too many to be an event. */
export type EventText = string | Buffer

const sliceBytes = 64 * 1024
const lineFeed = 10
const byteOrderMark = Buffer.from('\ufeff')

/**
 * Every event of an NDJSON body in order; blank lines are none, and a byte order mark before the first is left out.
 *
 * The body is decoded in slices that end at a line, so that no step is long; `turn` is passed between them.
 */
export async function eachLine(body: Buffer, turn: Turn, take: (event: EventText) => void): Promise<void> {
  for (let start = body.subarray(0, 3).equals(byteOrderMark) ? 3 : 0; start < body.length; ) {
    const wanted = start + sliceBytes
    const lineEnd = wanted >= body.length ? -1 : body.indexOf(lineFeed, wanted)
    const end = lineEnd === -1 ? body.length : lineEnd + 1
    const isShort = end - start <= sliceBytes + limits.eventBytes
    if (isShort && isUtf8(body.subarray(start, end))) takeLines(body, start, end, take)
    else takeDoubtfulLines(body, start, end, take)
    start = end
    await turn.pass()
  }
}

/**
 * Every event of a JSON body in order: an array, `{"events":[…]}`, or one event.
 *
 * The bytes of each element are cut out untouched, so that a doubtful one is judged (and kept) by itself. Throws
 * `RequestProblem` `invalid_json` when the body around the elements is not JSON.
 */
export async function eachElement(body: Buffer, turn: Turn, take: (event: EventText) => void): Promise<void> {
  const scanner = new ElementScanner(body)
  let passedAt = 0
  for (let element = scanner.next(); element; element = scanner.next()) {
    take(decode(body, element.start, element.end))
    if (element.end - passedAt < sliceBytes) continue
    passedAt = element.end
    await turn.pass()
  }
  if (scanner.problem) {
    const { offset, expected } = scanner.problem
    throw new RequestProblem(
      'invalid_json',
      `Byte ${offset + 1} of the body: expected ${expected}. None of it was stored`,
    )
  }
}

function takeLines(body: Buffer, start: number, end: number, take: (event: EventText) => void): void {
  const text = body.toString('utf8', start, end)
  for (let lineStart = 0; lineStart < text.length; ) {
    const found = text.indexOf('\n', lineStart)
    const lineEnd = found === -1 ? text.length : found
    const line = text.slice(lineStart, lineEnd)
    if (!isBlank(line)) take(line)
    lineStart = lineEnd + 1
  }
}

function takeDoubtfulLines(body: Buffer, start: number, end: number, take: (event: EventText) => void): void {
  for (let lineStart = start; lineStart < end; ) {
    const found = body.indexOf(lineFeed, lineStart)
    const lineEnd = found === -1 ? end : Math.min(found, end)
    const line = decode(body, lineStart, lineEnd)
    if (typeof line !== 'string' || !isBlank(line)) take(line)
    lineStart = lineEnd + 1
  }
}

const isBlank = (line: string) => (line.length === 0 || line.charCodeAt(0) <= 0x20) && line.trim() === ''

function decode(body: Buffer, start: number, end: number): EventText {
  const bytes = body.subarray(start, end)
  return bytes.length <= limits.eventBytes && isUtf8(bytes) ? bytes.toString() : Buffer.from(bytes)
}
