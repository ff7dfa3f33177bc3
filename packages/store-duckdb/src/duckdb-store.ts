import type { AuditEvent } from '@tidemark/event'
import { type BoundQuery, instantNs } from '@tidemark/query'
import {
  type AggregateAnswer,
  type AskFigures,
  type Asking,
  answerFacets,
  answerHistogram,
  answerValues,
  type EventStore,
  type FacetsAnswer,
  type FacetsRequest,
  type HistogramAnswer,
  type HistogramRequest,
  type LoadBatch,
  type Question,
  refuseManyRows,
  type Scope,
  type SearchAnswer,
  type SearchRequest,
  type ValueCount,
  type ValuesRequest,
} from '@tidemark/store'
import { conditionOf, figuresStatement, UUID } from './event-statements.js'
import { removeIndex } from './index-database.js'
import { IndexProcess, type IndexReport } from './index-process.js'
import type { IndexStatus } from './protocol.js'
import { earliestAsked, usesZone } from './time-since.js'

export type DuckDbStoreOptions = {
  /** The database file, `data/index/events.duckdb`. Disposable: without it the store starts empty. */
  readonly file: string
  /** Default 1024, at least 256. The process needs some 200 MB beside it. */
  readonly memoryLimitMb?: number
  /** What one question may write to disk when it needs more memory. Default 4096. */
  readonly spillLimitMb?: number
  /**
   * Threads that the engine may use for one statement. Default 1: more make each loaded event cost up to twice as much,
   * because idle ones wait by spinning. Worth it with many cores and long questions.
   */
  readonly threads?: number
  /** Questions answered at the same time, default 4, and how many more may wait, default 64. */
  readonly readers?: number
  readonly waiting?: number
  /** How long a question may take when the one who asks says nothing. Default 30,000. */
  readonly timeoutMs?: number
  /** Loaded events are in the file after this time at the latest. Default 60,000. */
  readonly saveAfterMs?: number
  /** Hears of starts, crashes and files set aside. */
  readonly report?: (report: IndexReport) => void
}

/** The embedded driver of the event store: DuckDB in a process of its own. */
export type DuckDbStore = EventStore & {
  /** Whether questions are answered now; `restarts` counts how often the process had to be started again. */
  health(): { readonly state: 'down' | 'up' | 'closed'; readonly pid: number | undefined; readonly restarts: number }
  /** Sizes and cursors. `savedCursor` is where a log would stand after a crash. */
  status(): Promise<IndexStatus>
  /** Writes everything loaded to the file. */
  save(): Promise<void>
  /** Throws the index away and starts an empty one: every cursor is 0 again. Questions meanwhile are `busy`. */
  rebuild(): Promise<void>
}

/**
 * Opens the index in a child process, or starts an empty one.
 *
 * An unreadable file is set aside and reported, not an error. Rejects when the process cannot be started, the folder
 * cannot be written, or another process has the file open.
 */
export async function openDuckDbStore(options: DuckDbStoreOptions): Promise<DuckDbStore> {
  const { file, report = () => {}, timeoutMs: defaultTimeoutMs = 30_000 } = options
  const {
    memoryLimitMb = 1024,
    spillLimitMb = 4096,
    threads = 1,
    readers = 4,
    waiting = 64,
    saveAfterMs = 60_000,
  } = options
  const settings = { file, memoryLimitMb, spillLimitMb, threads, readers, waiting, saveAfterMs }
  const start = async () => {
    const process = new IndexProcess(settings, report)
    await process.start()
    return process
  }
  return new DuckDbEventStore(await start(), start, settings.file, defaultTimeoutMs)
}

/** What the store needs of the process that holds the index. */
export type IndexLink = Pick<IndexProcess, 'call' | 'state' | 'pid' | 'restarts' | 'stop'>

export class DuckDbEventStore implements DuckDbStore {
  #index: IndexLink
  readonly #start: () => Promise<IndexLink>
  readonly #file: string
  readonly #timeoutMs: number

  constructor(index: IndexLink, start: () => Promise<IndexLink>, file: string, timeoutMs: number) {
    this.#index = index
    this.#start = start
    this.#file = file
    this.#timeoutMs = timeoutMs
  }

  async load(batch: LoadBatch): Promise<void> {
    await this.#index.call('load', batch)
  }

  cursor(log: string): Promise<number> {
    return this.#index.call('cursor', { log })
  }

  async search({ log }: Scope, request: SearchRequest, asking?: Asking): Promise<SearchAnswer> {
    const { query, order, limit, after, asOf } = request
    const position = after && { timeNs: instantNs(after.time), index: after.index }
    const where = conditionOf(query, log)
    return this.#index.call('page', { log, where, order, limit, after: position, asOf }, this.#limited(asking))
  }

  async get({ log }: Scope, id: string, asking?: Asking): Promise<AuditEvent | null> {
    return UUID.test(id) ? this.#index.call('pick', { log, by: { id } }, this.#limited(asking)) : null
  }

  byIndex({ log }: Scope, index: number, asking?: Asking): Promise<AuditEvent | null> {
    return this.#index.call('pick', { log, by: { index } }, this.#limited(asking))
  }

  histogram(scope: Scope, request: HistogramRequest, asking?: Asking): Promise<HistogramAnswer> {
    return answerHistogram(request, this.#figures(scope, asking))
  }

  facets(scope: Scope, request: FacetsRequest, asking?: Asking): Promise<FacetsAnswer> {
    return answerFacets(request, this.#figures(scope, asking))
  }

  aggregate(scope: Scope, { query, asOf }: Question, asking?: Asking): Promise<AggregateAnswer> {
    return this.#figures(scope, asking)(query, asOf)
  }

  values(scope: Scope, request: ValuesRequest, asking?: Asking): Promise<readonly ValueCount[]> {
    return answerValues(request, this.#figures(scope, asking))
  }

  health(): ReturnType<DuckDbStore['health']> {
    const { state, pid, restarts } = this.#index
    return { state, pid, restarts }
  }

  status(): Promise<IndexStatus> {
    return this.#index.call('status', null)
  }

  async save(): Promise<void> {
    await this.#index.call('save', null)
  }

  async rebuild(): Promise<void> {
    await this.#index.stop()
    removeIndex(this.#file)
    this.#index = await this.#start()
  }

  async close(): Promise<void> {
    if (this.#index.state === 'up') await this.#index.call('close', null).catch(() => {})
    await this.#index.stop()
  }

  #figures({ log }: Scope, asking?: Asking): AskFigures {
    return async (query, asOf) => {
      const since = await this.#earliest(log, query, asOf, asking)
      const { read, ...statement } = figuresStatement(query, log, since.earliestNs)
      const answer = await this.#index.call('table', { log, statement, asOf: since.asOf }, this.#limited(asking))
      refuseManyRows(answer.rows.length)
      return { ...read(answer.rows), asOf: answer.asOf }
    }
  }

  /** No match is earlier than this, as of a tree size; found out only when the query needs it. */
  async #earliest(
    log: string,
    query: BoundQuery,
    asOf: number | undefined,
    asking: Asking | undefined,
  ): Promise<{ earliestNs: bigint | null; asOf: number | undefined }> {
    const asked = earliestAsked(query.where)
    if (asked !== null || !usesZone(query)) return { earliestNs: asked, asOf }
    const statement = { sql: 'SELECT min(time) FROM sight', params: [] }
    const answer = await this.#index.call('table', { log, statement, asOf }, this.#limited(asking))
    return { earliestNs: answer.rows[0]![0] as bigint | null, asOf: answer.asOf }
  }

  #limited({ signal, timeoutMs = this.#timeoutMs }: Asking = {}): Asking {
    return { signal, timeoutMs }
  }
}
