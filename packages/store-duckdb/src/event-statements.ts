import { type BoundQuery, duckdbDialect, type PipeSql, printPipeSql, printSql, type Sql } from '@tidemark/query'
import { MAX_ROWS } from '@tidemark/store'
import { eventTable } from './event-table.js'

/** What a query asks of the events of one log, as a condition on the rows of the events table. */
export const conditionOf = (query: BoundQuery, log: string): Sql => printSql(query, duckdbDialect(eventTable(log)))

/** The figures of a query that ends in a pipe, as a statement over the relation `sight`. */
export function figuresStatement(query: BoundQuery, log: string): PipeSql {
  const where = conditionOf(query, log)
  const source = {
    sql: `(SELECT * FROM sight WHERE ${where.sql})`,
    firstParameter: where.params.length + 1,
    limit: MAX_ROWS + 1,
  }
  const { sql, params, read } = printPipeSql(query, duckdbDialect(eventTable(log)), source)
  return { sql, params: [...where.params, ...params], read }
}
