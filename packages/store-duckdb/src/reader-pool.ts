import type { DuckDBConnection } from '@duckdb/node-api'
import type { Sql } from '@tidemark/query'
import { type QueryRefusalCode, QueryRefused } from '@tidemark/store'
import { kindOfEngineError, remedyOf } from './engine-error.js'
import { IndexFailed } from './index-failed.js'

/** One question at work: runs statements one after the other on a connection of its own. */
export type Reader = { rows(statement: Sql): Promise<unknown[][]> }

/**
 * Lends the read connections to questions, first come, first served.
 *
 * A question is refused as `busy` when too many wait already, and given up as soon as its signal aborts, with the signal's
 * reason (`timeout` or `cancelled`) as code; a statement at work is then interrupted in the engine.
 */
export class ReaderPool {
  readonly #idle: DuckDBConnection[]
  readonly #waiting: ((connection: DuckDBConnection) => void)[] = []
  readonly #mayWait: number

  constructor(connections: readonly DuckDBConnection[], mayWait: number) {
    this.#idle = [...connections]
    this.#mayWait = mayWait
  }

  async run<T>(signal: AbortSignal, work: (reader: Reader) => Promise<T>): Promise<T> {
    const connection = await this.#acquire(signal)
    const stopInterrupting = interruptOnAbort(connection, signal)
    try {
      return await work({ rows: (statement) => runStatement(connection, statement, signal) })
    } finally {
      stopInterrupting()
      const next = this.#waiting.shift()
      if (next) next(connection)
      else this.#idle.push(connection)
    }
  }

  async #acquire(signal: AbortSignal): Promise<DuckDBConnection> {
    throwIfAborted(signal)
    const idle = this.#idle.pop()
    if (idle) return idle
    if (this.#waiting.length >= this.#mayWait) throw new QueryRefused('busy', 'too many questions are waiting')
    return new Promise((resolve, reject) => {
      const take = (connection: DuckDBConnection) => {
        signal.removeEventListener('abort', leave)
        resolve(connection)
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
function interruptOnAbort(connection: DuckDBConnection, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined
  const interrupt = () => {
    connection.interrupt()
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
