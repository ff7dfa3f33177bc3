export { type BindContext, bindQuery } from './bind-query.js'
export type {
  BoundExpr,
  BoundField,
  BoundKey,
  BoundPipe,
  BoundQuery,
  BoundType,
  NumberEnd,
  Part,
  Wanted,
} from './bound.js'
export type { Bind, Dialect, SqlValue, TestSql } from './dialect.js'
export { type DuckdbColumn, type DuckdbTable, duckdbDialect } from './dialect-duckdb.js'
export { fold } from './fold.js'
export { limits } from './limits.js'
export { parseQuery } from './parse-query.js'
export { type Predicate, predicateOf } from './predicate.js'
export { printSql, type Sql } from './print-sql.js'
export { QueryError } from './problem.js'
export type { FieldRegistry } from './resolve-field.js'
export { instantNs, instantText } from './time-value.js'
export type { Expr, Interval, Pattern, Piece, Pipe, PipeField, PipeKey, Problem, Query, Span, Test } from './tree.js'
