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
export type { CompletionOption } from './completion-options.js'
export { type Completion, type CompletionContext, completions } from './completions.js'
export type { Bind, Dialect, SqlValue } from './dialect.js'
export { type DuckdbColumn, type DuckdbTable, duckdbDialect } from './dialect-duckdb.js'
export { evaluatePipe } from './evaluate-pipe.js'
export { explain } from './explain.js'
export type { Cell, Figures } from './figures.js'
export { fold } from './fold.js'
export { formatQuery } from './format-query.js'
export { parseInterval } from './interval.js'
export { limits } from './limits.js'
export { parseQuery } from './parse-query.js'
export { type Predicate, predicateOf } from './predicate.js'
export { type PipeSource, type PipeSql, printPipeSql } from './print-pipe-sql.js'
export { printSql, type Sql } from './print-sql.js'
export { QueryError } from './problem.js'
export { bindField, type FieldRegistry } from './resolve-field.js'
export type { TimeAxis } from './time-axis.js'
export { type TimeRange, timeRangeOf } from './time-range.js'
export { instantNs, instantText } from './time-value.js'
export type { Expr, Interval, Pattern, Piece, Pipe, PipeField, PipeKey, Problem, Query, Span, Test } from './tree.js'
