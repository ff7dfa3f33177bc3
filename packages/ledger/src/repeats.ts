import type { PreparedEvent } from '@tidemark/event'
import type { Batch } from './batch.js'
import type { LedgerRecord } from './ledger-record.js'
import { receiptOf } from './log.js'

/**
 * Tells duplicates from conflicts: compares each item whose id was there before with the record that has the id.
 *
 * The three parts have to be the same texts. Records are read in runs, since what is sent again was often sent together.
 */
export async function settleRepeats(
  batch: Batch,
  origin: string,
  records: (from: number, to: number) => AsyncIterable<LedgerRecord>,
): Promise<void> {
  const repeats = [...batch.repeats].sort((a, b) => a.index - b.index)
  for (let at = 0; at < repeats.length; ) {
    let end = at + 1
    while (end < repeats.length && repeats[end]!.index - repeats[end - 1]!.index <= NEARBY_LEAVES) end++
    const run = repeats.slice(at, end)
    for await (const record of records(run[0]!.index, run.at(-1)!.index + 1)) {
      for (; run[0]?.index === record.index; run.shift()) {
        const { place } = run[0]
        const status = isSame(record, batch.items[place] as PreparedEvent) ? 'duplicate' : 'conflict'
        batch.results[place] = { status, receipt: receiptOf(origin, record) }
      }
    }
    at = end
  }
}

const isSame = ({ event }: LedgerRecord, { core, personal, content }: PreparedEvent): boolean =>
  event?.core === core && event.personal === personal && event.content === content

const NEARBY_LEAVES = 16
