import { type BoundExpr, type BoundQuery, type PipeSql, printPipeSql, printSql, type Sql } from '@tidemark/query'
import { MAX_ROWS } from '@tidemark/store'
import { eventDialect } from './event-table.js'
import { sinceDialect } from './time-since.js'
import { withoutVainText } from './vain-text.js'

/** What a query asks of the events of one log, as a condition on the rows of the events table. */
export function conditionOf(query: BoundQuery, log: string): Sql {
  const where = withoutVainText(query.where)
  const { sql, params } = printSql({ ...query, where }, eventDialect(log))
  const ids = wantedIds(where)
  if (ids.length === 0) return { sql, params }
  const anyOf = ids.map((_, n) => `CAST($${params.length + n + 1} AS UUID)`).join(', ')
  return { sql: `id IN (${anyOf}) AND ${sql}`, params: [...params, ...ids] }
}

/**
 * The figures of a query that ends in a pipe, as a statement over the relation `sight`. No matching event may be earlier
 * than `earliestNs`; null when nothing is known.
 */
export function figuresStatement(query: BoundQuery, log: string, earliestNs: bigint | null): PipeSql {
  const where = conditionOf(query, log)
  const source = {
    sql: `(SELECT * FROM sight WHERE ${where.sql})`,
    firstParameter: where.params.length + 1,
    limit: MAX_ROWS + 1,
  }
  const { sql, params, read } = printPipeSql(query, sinceDialect(eventDialect(log), earliestNs), source)
  return { sql, params: [...where.params, ...params], read }
}

/**
 * The ids that every match must be one of; none when the query does not say so.
 *
 * The condition proper compares ids as text. Said again of the UUID itself, it lets the engine skip the row groups
 * whose ids, which begin with the time, are all others.
 */
function wantedIds(where: BoundExpr): string[] {
  if (where.kind === 'and') return where.parts.map(wantedIds).find((ids) => ids.length > 0) ?? []
  if (where.kind !== 'equals' || where.field.path !== 'id') return []
  const ids = where.values.map(({ text }) => text)
  return ids.every((id) => UUID.test(id)) ? ids : []
}

/** An id as it is stored: a UUID in lower case. */
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
