import type { Sql } from '@tidemark/query'
import type { Reader } from './reader-pool.js'

/** Which rows a question sees: those of one log, by its number in the table, below a tree size. */
export type View = { readonly number: number; readonly asOf: number }

/**
 * Counts what matches a condition, in stretches of leaves that several readers take in turn.
 *
 * The engine works on each statement with one thread, so that loading costs no idle turns of others; a big count is
 * shared out here instead.
 */
export class MatchCount {
  total = 0
  readonly key: string
  readonly #where: Sql
  readonly #view: View
  /** Leaves from here on are counted, or being counted. */
  #countedFrom: number
  #isKnown = false

  constructor(where: Sql, view: View) {
    this.#where = where
    this.#view = view
    this.#countedFrom = view.asOf
    this.key = JSON.stringify([view, where], (_, value) => (typeof value === 'bigint' ? `${value}n` : value))
  }

  /** The total is known otherwise: nothing more is counted. */
  know(total: number): void {
    this.total = total
    this.#countedFrom = 0
    this.#isKnown = true
  }

  /** Counts stretch after stretch until none is left. */
  async run(reader: Reader): Promise<void> {
    const { number, asOf } = this.#view
    const stretch = Math.max(SMALL_STRETCH, Math.ceil(asOf / STRETCHES))
    while (this.#countedFrom > 0) {
      const end = this.#countedFrom
      const start = Math.max(0, end - stretch)
      this.#countedFrom = start
      const sql = `SELECT count(*) FROM events WHERE log = ${number} AND leaf >= ${start} AND leaf < ${end} AND (${this.#where.sql})`
      const [row] = await reader({ sql, params: this.#where.params })
      if (!this.#isKnown) this.total += Number(row![0])
    }
  }
}

const SMALL_STRETCH = 500_000
const STRETCHES = 6

/** The totals of the last questions, oldest out first. */
export class RecentTotals {
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
