import { type AuditEvent, type PreparedEvent, prepareValue } from '@tidemark/event'
import type { LoadBatch } from '../event-store.js'
import { leavesOf } from '../wal-events.js'

/** When the first leaf of a written log was received; each further one a second later. */
export const START_MS = Date.UTC(2025, 2, 1)

/**
 * A log as the ledger would write it, kept in memory: write-ahead log lines of events and control entries, with a commit
 * line after each batch.
 */
export class WrittenLog {
  readonly log: string
  size = 0
  #text = ''

  constructor(log: string) {
    this.log = log
  }

  /** The events written so far, as any store must give them back. */
  get events(): AuditEvent[] {
    return leavesOf(this.#text, this.log).flatMap(({ event }) => event ?? [])
  }

  /**
   * Writes events, in the form a producer sends them, as one batch; every third as if mapped from a foreign payload.
   * Throws when one would be refused.
   */
  append(...events: readonly object[]): LoadBatch {
    return this.#batch(events.map((event) => (index: number) => eventLine(index, prepared(event, index))))
  }

  /** Writes one control entry as a batch. */
  appendControl(): LoadBatch {
    return this.#batch([(index) => `{"i":${index},"e":{"b":{},"k":"genesis","t":${timeOf(index)},"v":1}}\n`])
  }

  #batch(lines: readonly ((index: number) => string)[]): LoadBatch {
    const first = this.size
    const leaves = lines.map((line) => line(this.size++)).join('')
    this.#text += leaves
    const commit = `{"commit":{"count":${lines.length},"crc32":0,"size":${this.size}}}\n`
    return { log: this.log, first, end: this.size, source: { bytes: new TextEncoder().encode(leaves + commit) } }
  }
}

/** One batch with the leaves of several that follow each other. */
export function joined(batches: readonly LoadBatch[]): LoadBatch {
  const { log, first } = batches[0]!
  const bytes = Buffer.concat(batches.map(({ source }) => ('bytes' in source ? source.bytes : new Uint8Array())))
  return { log, first, end: batches.at(-1)!.end, source: { bytes } }
}

const timeOf = (index: number) => START_MS + index * 1000

function prepared(event: object, index: number): PreparedEvent {
  const newId = () =>
    `0194${index.toString(16).padStart(4, '0')}-0000-7000-8000-${index.toString(16).padStart(12, '0')}`
  const raw = index % 3 === 2 ? { raw: { format: 'other', sha256: 'ab'.repeat(32), payload: `{"n":${index}}\n` } } : {}
  const context = { now: timeOf(index), origin: 'http', newId, defaultService: 'audit', ...raw } as const
  const result = prepareValue(event, context)
  if ('refusal' in result) throw new Error(JSON.stringify(result.refusal))
  return result.event
}

function eventLine(index: number, { retentionClass, id, ipKey, core, personal, content }: PreparedEvent): string {
  const entry = `{"c":"${'A'.repeat(43)}","k":"event","s":"audit","t":${timeOf(index)},"v":1}`
  const ip = ipKey && `,"ip":"${ipKey}"`
  const parts = `"core":${core}${personal && `,"personal":${personal}`}${content && `,"content":${content}`}`
  return `{"i":${index},"e":${entry},"k":"${retentionClass}","n":${index},"id":"${id}","p":0,"ps":"AAAAAAAAAAAAAAAAAAAAAA"${ip},${parts}}\n`
}
