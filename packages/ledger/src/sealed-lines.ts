import type { LedgerRecord } from './ledger-record.js'
import type { SealedReader } from './sealed-reader.js'
import type { SealedRecord } from './sealed-record.js'

/** Lines of the leaves `first` … `end` − 1, whole and in order. */
export type LineBatch = { readonly first: number; readonly end: number; readonly bytes: Buffer }

/**
 * The lines of the write-ahead log again, made from sealed ranges: what an index is rebuilt from.
 *
 * Byte for byte as they were, but without the commit lines. A disposed event has only "i" and "e" left, as a control
 * entry has; the line of an erased person's event has an empty "ps" and neither "ip" nor "personal".
 */
export async function* walLines(reader: SealedReader, from: number, to: number): AsyncGenerator<LineBatch> {
  for await (const records of reader.blocks(from, to)) {
    const first = (records[0] as SealedRecord).index
    yield { first, end: first + records.length, bytes: Buffer.from(records.map(lineOf).join('')) }
  }
}

/** The line of one leaf, newline included, with the members in the fixed order of the write-ahead log. */
export function lineOf({ index, entry, event }: LedgerRecord): string {
  if (!event) return `{"i":${index},"e":${entry}}\n`
  const { retentionClass, position, id, vaultRecord, personalSalt, ipKey, core, personal, content } = event
  const ip = ipKey === '' ? '' : `,"ip":"${ipKey}"`
  const who = personal === '' ? '' : `,"personal":${personal}`
  const data = content === '' ? '' : `,"content":${content}`
  const place = `"k":"${retentionClass}","n":${position},"id":"${id}","p":${vaultRecord},"ps":"${personalSalt}"${ip}`
  return `{"i":${index},"e":${entry},${place},"core":${core}${who}${data}}\n`
}
