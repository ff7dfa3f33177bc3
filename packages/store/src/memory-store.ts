import { readFile } from 'node:fs/promises'
import type { AuditEvent } from '@tidemark/event'
import { evaluatePipe, instantNs, predicateOf } from '@tidemark/query'
import type {
  AggregateAnswer,
  Asking,
  EventStore,
  FacetsAnswer,
  FacetsRequest,
  HistogramAnswer,
  HistogramRequest,
  LoadBatch,
  Position,
  Question,
  Scope,
  SearchAnswer,
  SearchRequest,
  ValueCount,
  ValuesRequest,
} from './event-store.js'
import { type AskFigures, answerFacets, answerValues, refuseManyRows } from './figure-questions.js'
import { answerHistogram } from './histogram.js'
import { isNextBatch, LoadRefused, QueryRefused } from './refusals.js'
import { type Leaf, leavesOf } from './wal-events.js'

/**
 * Keeps every event as an object and looks at each one for every question: small, slow and exact. For tests, and what
 * other drivers are compared with.
 */
export class MemoryStore implements EventStore {
  readonly #logs = new Map<string, Leaf[]>()
  #isClosed = false
  #queue: Promise<void> = Promise.resolve()

  load(batch: LoadBatch): Promise<void> {
    const done = this.#queue.then(() => this.#take(batch))
    this.#queue = done.catch(() => {})
    return done
  }

  async #take(batch: LoadBatch): Promise<void> {
    if (this.#isClosed) throw new LoadRefused('busy', -1, 'the store is closed')
    const leaves = this.#leaves(batch.log)
    if (!isNextBatch(batch, leaves.length)) return
    this.#logs.set(batch.log, [...leaves, ...readLeaves(batch, await textOf(batch), leaves.length)])
  }

  async cursor(log: string): Promise<number> {
    return this.#leaves(log).length
  }

  async search(scope: Scope, request: SearchRequest, asking?: Asking): Promise<SearchAnswer> {
    const { matches, asOf } = this.#ask(scope, request, asking)
    const sign = request.order === 'desc' ? -1 : 1
    const sorted = matches.sort((a, b) => sign * comparePositions(a, b))
    const { after, limit } = request
    const rest = after ? sorted.filter((event) => sign * comparePositions(event, after) > 0) : sorted
    return { events: rest.slice(0, limit), total: sorted.length, more: rest.length > limit, asOf }
  }

  async get(scope: Scope, id: string, asking?: Asking): Promise<AuditEvent | null> {
    this.#check(asking)
    return this.#leaves(scope.log).find(({ event }) => event?.id === id)?.event ?? null
  }

  async byIndex(scope: Scope, index: number, asking?: Asking): Promise<AuditEvent | null> {
    this.#check(asking)
    return this.#leaves(scope.log)[index]?.event ?? null
  }

  async histogram(scope: Scope, request: HistogramRequest, asking?: Asking): Promise<HistogramAnswer> {
    return answerHistogram(request, this.#figures(scope, asking))
  }

  async facets(scope: Scope, request: FacetsRequest, asking?: Asking): Promise<FacetsAnswer> {
    return answerFacets(request, this.#figures(scope, asking))
  }

  async aggregate(scope: Scope, { query, asOf }: Question, asking?: Asking): Promise<AggregateAnswer> {
    return this.#figures(scope, asking)(query, asOf)
  }

  async values(scope: Scope, request: ValuesRequest, asking?: Asking): Promise<readonly ValueCount[]> {
    return answerValues(request, this.#figures(scope, asking))
  }

  async close(): Promise<void> {
    this.#isClosed = true
  }

  #figures(scope: Scope, asking?: Asking): AskFigures {
    return async (query, asOf) => {
      const answered = this.#ask(scope, { query, asOf }, asking)
      const figures = evaluatePipe(answered.matches, query)
      refuseManyRows(figures.rows.length)
      return { ...figures, asOf: answered.asOf }
    }
  }

  #ask(scope: Scope, { query, asOf }: Question, asking?: Asking): { matches: AuditEvent[]; asOf: number } {
    this.#check(asking)
    const leaves = this.#leaves(scope.log)
    if (asOf !== undefined && asOf > leaves.length)
      throw new QueryRefused('busy', `${leaves.length} of ${asOf} leaves are loaded`)
    const isMatch = predicateOf(query)
    const seen = leaves.slice(0, asOf ?? leaves.length)
    return { matches: seen.flatMap(({ event }) => (event && isMatch(event) ? [event] : [])), asOf: seen.length }
  }

  #check(asking: Asking | undefined): void {
    if (this.#isClosed) throw new QueryRefused('busy', 'the store is closed')
    if (asking?.signal?.aborted) throw new QueryRefused('cancelled', 'the question was given up')
  }

  #leaves(log: string): Leaf[] {
    return this.#logs.get(log) ?? []
  }
}

async function textOf({ source, log }: LoadBatch): Promise<string> {
  if ('bytes' in source) return new TextDecoder().decode(source.bytes)
  try {
    return (await readFile(source.path)).subarray(source.start, source.end).toString()
  } catch (error) {
    throw new LoadRefused('unreadable', -1, `${log}: ${error}`)
  }
}

function readLeaves({ log, first, end }: LoadBatch, text: string, cursor: number): Leaf[] {
  let leaves: Leaf[]
  try {
    leaves = leavesOf(text, log)
  } catch (error) {
    throw new LoadRefused('unreadable', cursor, `${log}: ${error}`)
  }
  if (leaves.length !== end - first || leaves.some(({ index }, i) => index !== first + i)) {
    throw new LoadRefused('unreadable', cursor, `${log}: the lines are not the leaves ${first} to ${end - 1}`)
  }
  return leaves
}

function comparePositions(a: Position, b: Position): number {
  const [one, other] = [instantNs(a.time), instantNs(b.time)]
  return one === other ? a.index - b.index : one < other ? -1 : 1
}
