import type { MapRefusal } from '@tidemark/formats'
import type { Batch } from './sender.js'
import { type SourceRecord, splitRecords } from './split-records.js'
import type { ChooseTranslator, Translator } from './translator.js'

export type BatchLimits = { readonly events: number; readonly bytes: number }

/** The records of an input from `from` on, as lines, in batches. */
export async function* batchesOf(
  chunks: AsyncIterable<Buffer>,
  from: number,
  firstRecord: number,
  writtenMs: number,
  choose: ChooseTranslator,
  limits: BatchLimits = { events: 1_000, bytes: 4 * 1024 * 1024 },
): AsyncGenerator<Batch> {
  let translator: Translator | undefined
  let record = firstRecord
  let start = from
  let end = from
  let bytes = 0
  let lines: string[] = []
  let refusals = new Map<number, MapRefusal>()
  const cut = (): Batch => {
    const format = translator?.format ?? 'tidemark'
    const batch = { format, body: lines.join(''), events: lines.length, refusals, firstRecord: record, start, end }
    record += lines.length
    start = end
    bytes = 0
    lines = []
    refusals = new Map()
    return batch
  }
  for await (const source of splitRecords(chunks, from)) {
    const text = onOneLine(source)
    translator ??= choose(text)
    const line = translator.line(text, { offset: source.end - source.bytes.length, writtenMs })
    if (lines.length > 0 && (lines.length >= limits.events || bytes + line.text.length > limits.bytes)) yield cut()
    if (line.refusal) refusals.set(lines.length, line.refusal)
    lines.push(`${line.text}\n`)
    bytes += line.text.length
    end = source.end
  }
  if (lines.length > 0) yield cut()
}

/** A record may span lines in its file; as a line of NDJSON it may not. Outside of texts JSON takes any blank. */
const onOneLine = ({ bytes }: SourceRecord) =>
  bytes
    .toString('utf8')
    .trim()
    .replace(/[\r\n]+/g, ' ')
