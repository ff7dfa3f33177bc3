import type { DuckDBConnection } from '@duckdb/node-api'
import type { Sql } from '@tidemark/query'
import { type QueryRefusalCode, QueryRefused } from '@tidemark/store'
import { kindOfEngineError, remedyOf } from './engine-error.js'
import { IndexFailed } from './index-failed.js'

/** Runs statements, one after the other. */
export type Reader = (statement: Sql) => Promise<unknown[][]>
/** What one question may use: two readers that work at the same time. */
export type ReaderPair = readonly [Reader, Reader]
type ConnectionPair = readonly [DuckDBConnection, DuckDBConnection]

/**
 * Lends read connections to questions, two to each, first come, first served.
 *
 * A question is refused as `busy` when too many wait already, and given up as soon as its signal aborts, with the signal's
 * reason (`timeout` or `cancelled`) as code; a statement at work is then interrupted in the engine.
 */
export class ReaderPool {
  readonly #idle: ConnectionPair[]
  readonly #waiting: ((pair: ConnectionPair) => void)[] = []
  readonly #mayWait: number

  constructor(pairs: readonly ConnectionPair[], mayWait: number) {
    this.#idle = [...pairs]
    this.#mayWait = mayWait
  }

  async run<T>(signal: AbortSignal, work: (readers: ReaderPair) => Promise<T>): Promise<T> {
    const pair = await this.#acquire(signal)
    const stopInterrupting = interruptOnAbort(pair, signal)
    try {
      const [one, other] = pair
      return await work([
        (statement) => runStatement(one, statement, signal),
        (statement) => runStatement(other, statement, signal),
      ])
    } finally {
      stopInterrupting()
      const next = this.#waiting.shift()
      if (next) next(pair)
      else this.#idle.push(pair)
    }
  }

  async #acquire(signal: AbortSignal): Promise<ConnectionPair> {
    throwIfAborted(signal)
    const idle = this.#idle.pop()
    if (idle) return idle
    if (this.#waiting.length >= this.#mayWait) throw new QueryRefused('busy', 'too many questions are waiting')
    return new Promise((resolve, reject) => {
      const take = (pair: ConnectionPair) => {
        signal.removeEventListener('abort', leave)
        resolve(pair)
      }
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(take), 1)
        reject(refusedAs(signal.reason))
      }
      this.#waiting.push(take)
      signal.addEventListener('abort', leave, { once: true })
    })
  }
}

/** The engine forgets an interruption that arrives between two statements, so it is repeated until the work ends. */
function interruptOnAbort(pair: ConnectionPair, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined
  const interrupt = () => {
    for (const connection of pair) connection.interrupt()
    timer = setTimeout(interrupt, 20)
  }
  signal.addEventListener('abort', interrupt, { once: true })
  return () => {
    signal.removeEventListener('abort', interrupt)
    clearTimeout(timer)
  }
}

async function runStatement(
  connection: DuckDBConnection,
  { sql, params }: Sql,
  signal: AbortSignal,
): Promise<unknown[][]> {
  throwIfAborted(signal)
  try {
    return (await connection.runAndReadAll(sql, [...params])).getRowsJS()
  } catch (error) {
    throwIfAborted(signal)
    throw refusalOf(error)
  }
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw refusedAs(signal.reason)
}

function refusedAs(code: QueryRefusalCode): QueryRefused {
  return new QueryRefused(code, code === 'timeout' ? 'the answer took too long' : 'the question was given up')
}

function refusalOf(error: unknown): Error {
  const kind = kindOfEngineError(error)
  if (kind === 'out_of_memory')
    return new QueryRefused('too_large', 'the answer needs more memory than a question may use')
  if (kind === 'interrupted') return refusedAs('cancelled')
  return new IndexFailed(error instanceof Error ? error.message : String(error), remedyOf(kind))
}
