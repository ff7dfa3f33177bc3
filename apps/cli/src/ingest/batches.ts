import type { RecordPlace } from './event-id.js'
import type { Batch } from './sender.js'
import { type SourceRecord, splitRecords } from './split-records.js'

export type BatchLimits = { readonly events: number; readonly bytes: number }

/** The text of one line for a record of the input. */
export type LineOf = (text: string, place: RecordPlace) => string

/** The records of an input from `from` on, as lines, in batches. */
export async function* batchesOf(
  chunks: AsyncIterable<Buffer>,
  from: number,
  firstRecord: number,
  writtenMs: number,
  lineOf: LineOf,
  limits: BatchLimits = { events: 1_000, bytes: 4 * 1024 * 1024 },
): AsyncGenerator<Batch> {
  let record = firstRecord
  let start = from
  let lines: string[] = []
  let bytes = 0
  const cut = (end: number): Batch => {
    const batch = { body: lines.join(''), events: lines.length, firstRecord: record, start, end }
    record += lines.length
    start = end
    lines = []
    bytes = 0
    return batch
  }
  let end = from
  for await (const source of splitRecords(chunks, from)) {
    const line = lineOfRecord(source, writtenMs, lineOf)
    if (lines.length > 0 && (lines.length >= limits.events || bytes + line.length > limits.bytes)) yield cut(end)
    lines.push(line)
    bytes += line.length
    end = source.end
  }
  if (lines.length > 0) yield cut(end)
}

/** A record may span lines in its file; as a line of NDJSON it may not. Outside of texts JSON takes any blank. */
function lineOfRecord({ bytes, end }: SourceRecord, writtenMs: number, lineOf: LineOf): string {
  const text = bytes
    .toString('utf8')
    .trim()
    .replace(/[\r\n]+/g, ' ')
  return `${lineOf(text, { offset: end - bytes.length, writtenMs })}\n`
}
