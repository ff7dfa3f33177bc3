import type { LedgerRecord } from '@tidemark/ledger'

/** Records as lines of a write-ahead log, without commit lines: the form the index loads. */
export async function sealedLines(records: AsyncIterable<LedgerRecord>): Promise<Buffer> {
  const lines: string[] = []
  for await (const record of records) lines.push(lineOf(record))
  return Buffer.from(lines.join(''))
}

function lineOf({ index, entry, event }: LedgerRecord): string {
  if (!event) return `{"i":${index},"e":${entry}}\n`
  const { retentionClass, position, id, vaultRecord, personalSalt, ipKey, core, personal, content } = event
  const ip = ipKey === '' ? '' : `,"ip":"${ipKey}"`
  const who = personal === '' ? '' : `,"personal":${personal}`
  const data = content === '' ? '' : `,"content":${content}`
  return `{"i":${index},"e":${entry},"k":"${retentionClass}","n":${position},"id":"${id}","p":${vaultRecord},"ps":"${personalSalt}"${ip},"core":${core}${who}${data}}\n`
}
