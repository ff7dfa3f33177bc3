import type { AuditEvent } from '@tidemark/event'
import type { Sql, SqlValue } from '@tidemark/query'
import { QueryRefused } from '@tidemark/store'
import { eventColumns, eventOfRow } from './event-row.js'
import type { IndexLoader } from './index-loader.js'
import type { IndexCalls, PageAnswer, PageQuestion, TableAnswer, TableQuestion } from './protocol.js'
import type { Reader, ReaderPool } from './reader-pool.js'

/**
 * Answers questions about one log each.
 *
 * The conditions "this log" and "below asOf" stand outside whatever the question says, joined by AND, so no question
 * sees another log.
 */
export class EventQuestions {
  readonly #loader: IndexLoader
  readonly #pool: ReaderPool
  readonly #totals = new RecentTotals()

  constructor(loader: IndexLoader, pool: ReaderPool) {
    this.#loader = loader
    this.#pool = pool
  }

  async page(question: PageQuestion, signal: AbortSignal): Promise<PageAnswer> {
    const view = this.#view(question)
    if (!view) return { events: [], total: 0, more: false, asOf: 0 }
    return this.#pool.run(signal, async (reader) => {
      const rows = await reader.rows(pageStatement(question, view))
      const events = rows.slice(0, question.limit).map((row) => eventOfRow(row, question.log))
      const isWhole = !question.after && rows.length <= question.limit
      const total = isWhole ? rows.length : await this.#total(question, view, reader)
      return { events, total, more: rows.length > question.limit, asOf: view.asOf }
    })
  }

  async pick({ log, by }: IndexCalls['pick']['params'], signal: AbortSignal): Promise<AuditEvent | null> {
    const view = this.#view({ log })
    if (!view) return null
    const [condition, value]: [string, SqlValue] =
      'id' in by ? ['id = CAST($1 AS UUID)', by.id] : ['leaf = $1::BIGINT', BigInt(by.index)]
    const sql = `SELECT ${eventColumns} FROM events WHERE log = ${view.number} AND leaf < ${view.asOf} AND ${condition} LIMIT 1`
    const [row] = await this.#pool.run(signal, (reader) => reader.rows({ sql, params: [value] }))
    return row ? eventOfRow(row, log) : null
  }

  async table(question: TableQuestion, signal: AbortSignal): Promise<TableAnswer> {
    const view = this.#view(question) ?? { number: NO_LOG, asOf: 0 }
    const { sql, params } = question.statement
    const sight = `SELECT * FROM events WHERE log = ${view.number} AND leaf < ${view.asOf}`
    const statement = { sql: `WITH sight AS NOT MATERIALIZED (${sight}) ${sql}`, params }
    const rows = await this.#pool.run(signal, (reader) => reader.rows(statement))
    return { rows, asOf: view.asOf }
  }

  /** Which rows a question sees; null when the log was never loaded. */
  #view({ log, asOf }: { log: string; asOf?: number | undefined }): View | null {
    const state = this.#loader.logs.get(log)
    const cursor = state?.cursor ?? 0
    if (asOf !== undefined && asOf > cursor) throw new QueryRefused('busy', `${cursor} of ${asOf} leaves are indexed`)
    return state ? { number: state.number, asOf: asOf ?? cursor } : null
  }

  /** The total of a question as of a tree size never changes, so later pages need not count again. */
  async #total({ where }: PageQuestion, view: View, reader: Reader): Promise<number> {
    const key = JSON.stringify([view, where], (_, value) => (typeof value === 'bigint' ? `${value}n` : value))
    const known = this.#totals.get(key)
    if (known !== undefined) return known
    const sql = `SELECT count(*) FROM events WHERE log = ${view.number} AND leaf < ${view.asOf} AND (${where.sql})`
    const [row] = await reader.rows({ sql, params: where.params })
    const total = Number(row![0])
    this.#totals.set(key, total)
    return total
  }
}

type View = { readonly number: number; readonly asOf: number }
const NO_LOG = -1

function pageStatement({ where, order, after, limit }: PageQuestion, view: View): Sql {
  const conditions = [`log = ${view.number}`, `leaf < ${view.asOf}`, `(${where.sql})`]
  const side = order === 'desc' ? '<' : '>'
  if (after) {
    const { timeNs, index } = after
    conditions.push(`time ${side}= ${timeNs} AND (time ${side} ${timeNs} OR leaf ${side} ${index})`)
  }
  const sql = `SELECT ${eventColumns} FROM events WHERE ${conditions.join(' AND ')} ORDER BY time ${order}, leaf ${order} LIMIT ${limit + 1}`
  return { sql, params: where.params }
}

class RecentTotals {
  readonly #totals = new Map<string, number>()

  get(key: string): number | undefined {
    return this.#totals.get(key)
  }

  set(key: string, total: number): void {
    this.#totals.set(key, total)
    if (this.#totals.size > KEPT_TOTALS) this.#totals.delete(this.#totals.keys().next().value!)
  }
}

const KEPT_TOTALS = 256
