import type { BoundField } from './bound.js'
import type { Bind, Dialect, TestSql } from './dialect.js'
import { stepSql } from './duckdb-step.js'
import { PLAIN_DECIMAL_SOURCE } from './number-value.js'

/**
 * Where a field is found in the events table.
 *
 * `value`: an expression of the form that `Dialect.value` wants, `folded` its folded text when that is stored too.
 * `list`: a VARCHAR[]. `json`: a document in RFC 8785 text, which is a list itself when `isList`, and the member names
 * that lead from its root to the field.
 */
export type DuckdbColumn =
  | { readonly kind: 'value'; readonly sql: string; readonly folded?: string }
  | { readonly kind: 'list'; readonly sql: string }
  | { readonly kind: 'json'; readonly sql: string; readonly keys?: readonly string[]; readonly isList?: boolean }

export type DuckdbTable = {
  /** Asked with the registry's path (`actor.id`, `details`); the field's `keys` are added here. */
  column(field: BoundField): DuckdbColumn
  /** See `Dialect.haystack`. */
  haystack?(fields: readonly BoundField[]): string | undefined
}

/** SQL for DuckDB 1.5 and later. */
export function duckdbDialect(table: DuckdbTable): Dialect {
  /** All values of a field as a list of JSON nodes, lists on the way opened one level, null left in at the end. */
  const nodes = (field: BoundField, bind: Bind): string => {
    const { sql, keys = [], isList = false } = { keys: [], isList: false, ...table.column(field) }
    const steps = [...keys, ...field.keys].map((key) => bind(pointer([key])))
    const start = isList || steps.length === 0 ? opened(sql) : opened(`json_extract(${sql}, ${steps.shift()})`)
    return steps.reduce(
      (list, step, depth) =>
        `flatten(list_transform(${list}, lambda n${depth}: ${opened(`json_extract(n${depth}, ${step})`)}))`,
      start,
    )
  }

  const value = (field: BoundField, bind: Bind): string => {
    const column = table.column(field)
    if (column.kind !== 'json') return column.sql
    const text = `json_extract_string(${column.sql}, ${bind(pointer([...(column.keys ?? []), ...field.keys]))})`
    if (field.type === 'number') return `TRY_CAST(${text} AS DOUBLE)`
    return field.type === 'boolean' ? `TRY_CAST(${text} AS BOOLEAN)` : text
  }

  const some = (list: string, test: string) => `len(list_filter(${list}, lambda v: ${test})) > 0`

  return {
    parameter: (position, of) => (typeof of === 'bigint' ? `$${position}::BIGINT` : `$${position}`),
    value,
    folded(field, bind) {
      const column = table.column(field)
      if (column.kind === 'value' && column.folded) return column.folded
      return field.lowercase ? value(field, bind) : `lower(${value(field, bind)})`
    },
    hasValue(field, bind) {
      const column = table.column(field)
      if (column.kind === 'list') return `len(${column.sql}) > 0`
      return some(nodes(field, bind), `json_type(v) <> 'NULL'`)
    },
    someWord(field, test, bind) {
      const column = table.column(field)
      return column.kind === 'list' ? some(column.sql, test('v')) : some(nodes(field, bind), test(wordOf('v')))
    },
    someNumber(field, test, isTextRead, bind) {
      const number = isTextRead ? numberOf('v') : `CASE WHEN ${isNumber('v')} THEN CAST(v AS DOUBLE) END`
      return some(nodes(field, bind), test(number))
    },
    foldedJson(field, bind) {
      const { sql, keys = [] } = { keys: [], ...table.column(field) }
      const path = [...keys, ...field.keys]
      return `lower(${path.length === 0 ? sql : `json_extract(${sql}, ${bind(pointer(path))})`}::VARCHAR)`
    },
    ...(table.haystack ? { haystack: table.haystack } : {}),
    eachWord(field, name, bind) {
      const column = table.column(field)
      const words =
        column.kind === 'list' ? column.sql : `list_transform(${nodes(field, bind)}, lambda v: ${wordOf('v')})`
      return `unnest(coalesce(nullif(list_distinct(${words}), []), [NULL])) AS u_${name}(${name})`
    },
    step: stepSql,
    fold: (text) => `lower(${text})`,
    startsWith: (text, part) => `starts_with(${text}, ${part})`,
    endsWith: (text, part) => `suffix(${text}, ${part})`,
    contains: (text, part) => `contains(${text}, ${part})`,
    matches: (text, regex) => `regexp_matches(${text}, ${regex})`,
  }
}

/** Source: RFC 6901. */
const pointer = (keys: readonly string[]) =>
  keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** The elements of a JSON list, or the node itself; nothing for null. */
const opened = (node: string) =>
  `CASE WHEN json_type(${node}) = 'ARRAY' THEN json_extract(${node}, '$[*]') WHEN json_type(${node}) <> 'NULL' THEN [${node}] ELSE [] END`

const isNumber = (node: string) => `json_type(${node}) IN ('UBIGINT', 'BIGINT', 'DOUBLE')`

const wordOf = (node: string) =>
  `CASE WHEN json_type(${node}) NOT IN ('OBJECT', 'ARRAY', 'NULL') THEN json_extract_string(${node}, '$') END`

const numberOf = (node: string) =>
  `CASE WHEN ${isNumber(node)} OR (json_type(${node}) = 'VARCHAR' AND regexp_matches(json_extract_string(${node}, '$'), '${PLAIN_DECIMAL_SOURCE}')) THEN CAST(json_extract_string(${node}, '$') AS DOUBLE) END`
