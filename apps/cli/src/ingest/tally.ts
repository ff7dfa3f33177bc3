import type { IngestAnswer } from '@tidemark/wire'
import type { Batch } from './sender.js'

/** One reason for which events were not stored. */
export type Reason = {
  readonly code: string
  readonly pointer: string
  readonly reason: string
  count: number
  /** Number of the first such record in its input, from 1. */
  readonly firstRecord: number
  readonly input: string
}

/** What became of the events of one run. */
export class Tally {
  stored = 0
  duplicates = 0
  conflicts = 0
  quarantined = 0
  treeSize = 0
  readonly reasons = new Map<string, Reason>()

  add(input: string, batch: Batch, answer: IngestAnswer): void {
    this.stored += answer.stored
    this.duplicates += answer.duplicates
    this.conflicts += answer.conflicts
    this.quarantined += answer.quarantined
    this.treeSize = Math.max(this.treeSize, answer.treeSize)
    for (const { index, problem, status } of answer.results) {
      if (status !== 'quarantined' && status !== 'conflict') continue
      const { code, pointer, reason } = batch.refusals.get(index) ?? problem ?? conflict
      const name = `${code} ${pointer}`
      const known = this.reasons.get(name)
      if (known) known.count += 1
      else
        this.reasons.set(name, { code, pointer, reason, count: 1, firstRecord: batch.firstRecord + index + 1, input })
    }
  }

  get events(): number {
    return this.stored + this.duplicates + this.conflicts + this.quarantined
  }
}

const conflict = { code: 'conflict', pointer: '/id', reason: 'another event with this id is in the ledger already' }
