import type { AuditEvent } from '@tidemark/event'
import type { Sql, SqlValue } from '@tidemark/query'
import { QueryRefused } from '@tidemark/store'
import { eventColumns, eventOfRow } from './event-row.js'
import type { IndexLoader } from './index-loader.js'
import { MatchCount, RecentTotals, type View } from './match-count.js'
import type { IndexCalls, PageAnswer, PageQuestion, TableAnswer, TableQuestion } from './protocol.js'
import type { ReaderPool } from './reader-pool.js'

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
    return this.#pool.run(signal, async ([one, other]) => {
      const counting = this.#counting(question, view)
      const reading: Promise<unknown[][]> = one(pageStatement(question, view)).then((rows) => {
        if (!question.after && rows.length <= question.limit) counting.know(rows.length)
        return rows
      })
      await allDone([reading, counting.run(other), reading.then(() => counting.run(one))])
      const rows = await reading
      const events = rows.slice(0, question.limit).map((row) => eventOfRow(row, question.log))
      return { events, total: this.#counted(counting), more: rows.length > question.limit, asOf: view.asOf }
    })
  }

  async pick({ log, by }: IndexCalls['pick']['params'], signal: AbortSignal): Promise<AuditEvent | null> {
    const view = this.#view({ log })
    if (!view) return null
    const [condition, value]: [string, SqlValue] =
      'id' in by ? ['id = CAST($1 AS UUID)', by.id] : ['leaf = $1::BIGINT', BigInt(by.index)]
    const sql = `SELECT ${eventColumns} FROM events WHERE log = ${view.number} AND leaf < ${view.asOf} AND ${condition} LIMIT 1`
    const [row] = await this.#pool.run(signal, ([reader]) => reader({ sql, params: [value] }))
    return row ? eventOfRow(row, log) : null
  }

  async table(question: TableQuestion, signal: AbortSignal): Promise<TableAnswer> {
    const view = this.#view(question) ?? { number: NO_LOG, asOf: 0 }
    const { sql, params } = question.statement
    const sight = `SELECT * FROM events WHERE log = ${view.number} AND leaf < ${view.asOf}`
    const statement = { sql: `WITH sight AS NOT MATERIALIZED (${sight}) ${sql}`, params }
    const rows = await this.#pool.run(signal, ([reader]) => reader(statement))
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
  #counting({ where }: PageQuestion, view: View): MatchCount {
    const count = new MatchCount(where, view)
    const known = this.#totals.get(count.key)
    if (known !== undefined) count.know(known)
    return count
  }

  #counted(count: MatchCount): number {
    this.#totals.set(count.key, count.total)
    return count.total
  }
}

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

/** Waits for all of them, also when one fails: nobody may still be working when the connections go back. */
async function allDone(work: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(work)
  await Promise.all(work)
}
