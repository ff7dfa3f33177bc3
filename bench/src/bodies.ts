import { randomBytes } from 'node:crypto'

/** One request body whose event ids can be made fresh in place. */
export type Body = {
  readonly bytes: Buffer
  /** Where each event's 36-character id begins. */
  readonly idOffsets: readonly number[]
}

/** Joins `lines` (one event's JSON each, with an `id` member first) into a newline-separated body. */
export function bodyOf(lines: readonly string[]): Body {
  const bytes = Buffer.from(`${lines.join('\n')}\n`)
  const idOffsets: number[] = []
  let at = 0
  for (const line of lines) {
    const inLine = Buffer.from(line).indexOf('"id":"')
    if (inLine < 0) throw new Error(`an event without an id: ${line.slice(0, 120)}`)
    idOffsets.push(at + inLine + 6)
    at += Buffer.byteLength(line) + 1
  }
  return { bytes, idOffsets }
}

const run = randomBytes(4).toString('hex')
let made = 0

/** Overwrites every id of `body` with a UUIDv7 of `nowMs` that no other send of this process has. */
export function freshen(body: Body, nowMs: number): void {
  const time = nowMs.toString(16).padStart(12, '0')
  const head = `${time.slice(0, 8)}-${time.slice(8)}-7${run.slice(0, 3)}-8${run.slice(3, 6)}-`
  for (const offset of body.idOffsets) {
    made += 1
    body.bytes.write(head + made.toString(16).padStart(12, '0'), offset, 36, 'latin1')
  }
}
