import { type AuditEvent, restoreEvent } from '@tidemark/event'
import type { LedgerRecord, Log } from '@tidemark/ledger'

export type StreamedLog = Pick<Log, 'size' | 'records' | 'onCommitted'>

/** Leaves kept restored for streams that are at the end of the log. */
const keptLeaves = 1024

/** A leaf on its way to a stream; no event for a control entry. `json` is filled in by the first who needs it. */
export type StreamedLeaf = { readonly index: number; readonly event: AuditEvent | undefined; json?: string }

/**
 * The newest events of one log, read and put together once for all streams. Older ones are read for whoever asks.
 * One read at a time.
 */
export class RecentEvents {
  readonly #name: string
  readonly #tenant: string
  readonly #log: StreamedLog
  #first = 0
  #leaves: StreamedLeaf[] = []

  /** `name` is `acme` or `acme/_audit`. */
  constructor(name: string, log: StreamedLog) {
    this.#name = name
    this.#tenant = name.split('/', 1)[0]!
    this.#log = log
  }

  /** Leaves `from` … `to` − 1, which are durable. */
  async read(from: number, to: number): Promise<readonly StreamedLeaf[]> {
    const end = this.#first + this.#leaves.length
    if (from < this.#first || from < this.#log.size - keptLeaves) return this.#readLeaves(from, to)
    if (from > end) {
      this.#first = from
      this.#leaves = []
    }
    const start = Math.max(from, this.#first + this.#leaves.length)
    if (start < to) this.#leaves.push(...(await this.#readLeaves(start, to)))
    const answer = this.#leaves.slice(from - this.#first, to - this.#first)
    this.#forgetOldest()
    return answer
  }

  #forgetOldest(): void {
    const tooMany = this.#leaves.length - keptLeaves
    if (tooMany <= 0) return
    this.#leaves.splice(0, tooMany)
    this.#first += tooMany
  }

  async #readLeaves(from: number, to: number): Promise<StreamedLeaf[]> {
    const leaves: StreamedLeaf[] = []
    for await (const record of this.#log.records(from, to))
      leaves.push({ index: record.index, event: this.#eventOf(record) })
    return leaves
  }

  #eventOf({ index, entry, event }: LedgerRecord): AuditEvent | undefined {
    if (!event) return undefined
    const place = { tenant: this.#tenant, log: this.#name, index, receivedAt: JSON.parse(entry).t }
    return restoreEvent(JSON.parse(event.core), parsed(event.personal), parsed(event.content), place)
  }
}

const parsed = (text: string): object | undefined => (text === '' ? undefined : JSON.parse(text))
