import type { BoundField } from './bound.js'
import type { Bind, Dialect } from './dialect.js'
import { stepSql } from './duckdb-step.js'
import { insideJson } from './json-text.js'
import { PLAIN_DECIMAL_SOURCE } from './number-value.js'

/**
 * Where a field is found in the events table.
 *
 * `value`: an expression of the form that `Dialect.value` wants, `folded` its folded text when that is stored too.
 * `list`: a VARCHAR[]. `json`: a document in RFC 8785 text, which is a list itself when `isList`, the member names that
 * lead from its root to the field, and `folded` its folded text when that is stored too.
 */
export type DuckdbColumn =
  | { readonly kind: 'value'; readonly sql: string; readonly folded?: string }
  | { readonly kind: 'list'; readonly sql: string }
  | {
      readonly kind: 'json'
      readonly sql: string
      readonly keys?: readonly string[]
      readonly isList?: boolean
      readonly folded?: string
    }

export type DuckdbTable = {
  /** Asked with the registry's path (`actor.id`, `details`); the field's `keys` are added here. */
  column(field: BoundField): DuckdbColumn
  /** See `Dialect.haystack`. */
  haystack?(fields: readonly BoundField[]): string | undefined
}

/** SQL for DuckDB 1.5 and later. */
export function duckdbDialect(table: DuckdbTable): Dialect {
  const document = (field: BoundField): JsonDocument => {
    const column = table.column(field)
    const folded = column.kind === 'list' ? undefined : column.folded
    const text = `${column.sql}::VARCHAR`
    const { keys = [], isList = false } = column.kind === 'json' ? column : {}
    return { sql: column.sql, text, folded: folded ?? `lower(${text})`, keys: [...keys, ...field.keys], isList }
  }

  const value = (field: BoundField, bind: Bind): string => {
    const column = table.column(field)
    if (column.kind !== 'json') return column.sql
    const text = `json_extract_string(${column.sql}, ${bind(pointer(document(field).keys))})`
    if (field.type === 'number') return `TRY_CAST(${text} AS DOUBLE)`
    return field.type === 'boolean' ? `TRY_CAST(${text} AS BOOLEAN)` : text
  }

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
      return someNode(
        document(field),
        { isScalar: IS_WORD, ofScalar: () => 'TRUE', ofNode: (v) => `json_type(${v}) <> 'NULL'` },
        null,
        bind,
      )
    },
    someWord(field, test, hint, bind) {
      const column = table.column(field)
      if (column.kind === 'list') return some(column.sql, test('v', 'NULL'))
      const ofScalar = (at: string) => test(`json_extract_string(${at})`, jsonNumberOf(at))
      return someNode(
        document(field),
        { isScalar: IS_WORD, ofScalar, ofNode: (v) => test(wordOf(v), jsonNumberOf(`${v}, '$'`)) },
        hint,
        bind,
      )
    },
    someNumber(field, test, bind) {
      const ofScalar = (at: string) => test(`CAST(json_extract_string(${at}) AS DOUBLE)`)
      return someNode(document(field), { isScalar: IS_NUMBER, ofScalar, ofNode: (v) => test(numberOf(v)) }, null, bind)
    },
    foldedJson(field, bind) {
      const { sql, folded, keys } = document(field)
      return keys.length === 0 ? folded : `lower(json_extract(${sql}, ${bind(pointer(keys))})::VARCHAR)`
    },
    eachWord(field, name, bind) {
      const column = table.column(field)
      const words =
        column.kind === 'list'
          ? column.sql
          : `list_transform(${nodes(document(field), bind)}, lambda v: ${wordOf('v')})`
      return `unnest(coalesce(nullif(list_distinct(${words}), []), [NULL])) AS u_${name}(${name})`
    },
    step: stepSql,
    edge: (kind, columns) =>
      `${kind === 'first' ? 'min' : 'max'}({${columns.map((column) => `'${column}': ${column}`).join(', ')}})`,
    member: (record, column) => `${record}.${column}`,
    ...(table.haystack ? { haystack: table.haystack } : {}),
    fold: (text) => `lower(${text})`,
    startsWith: (text, part) => `starts_with(${text}, ${part})`,
    endsWith: (text, part) => `suffix(${text}, ${part})`,
    contains: (text, part) => `contains(${text}, ${part})`,
    matches: (text, regex) => `regexp_matches(${text}, ${regex})`,
  }
}

/** A JSON column, its text, and the way from its root to a field. */
type JsonDocument = {
  readonly sql: string
  readonly text: string
  readonly folded: string
  readonly keys: readonly string[]
  readonly isList: boolean
}

/**
 * A condition on one value: on a scalar whose JSON type fits `isScalar`, given as the arguments "document, pointer", and
 * on any node in a list of them.
 */
type NodeTest = {
  readonly isScalar: string
  ofScalar(at: string): string
  ofNode(node: string): string
}

const IS_NUMBER = `IN ('UBIGINT', 'BIGINT', 'DOUBLE')`
const IS_WORD = `NOT IN ('OBJECT', 'ARRAY', 'NULL')`

const some = (list: string, test: string) => `len(list_filter(${list}, lambda v: ${test})) > 0`

/**
 * Whether any value of a field passes.
 *
 * Lists are slow, so they come last: a cheap look at the whole text leaves out most events, and a plain value is read
 * straight away.
 */
function someNode(
  document: JsonDocument,
  { isScalar, ofScalar, ofNode }: NodeTest,
  hint: string | null,
  bind: Bind,
): string {
  const { sql, text, folded, keys, isList } = document
  const last = keys.at(-1)
  const branches: string[] = []
  if (last !== undefined) branches.push(`WHEN NOT contains(${text}, ${bind(`${JSON.stringify(last)}:`)}) THEN FALSE`)
  if (hint !== null) branches.push(`WHEN NOT contains(${folded}, ${bind(insideJson(hint))}) THEN FALSE`)
  if (last !== undefined && !isList) {
    const at = `${sql}, ${bind(pointer(keys))}`
    branches.push(`WHEN json_type(${at}) ${isScalar} THEN ${ofScalar(at)}`)
  }
  const any = some(nodes(document, bind), ofNode('v'))
  return branches.length === 0 ? any : `CASE ${branches.join(' ')} ELSE ${any} END`
}

/** All values of a field as a list of JSON nodes, lists on the way opened one level; null is left in at the end. */
function nodes({ sql, keys, isList }: JsonDocument, bind: Bind): string {
  const steps = keys.map((key) => bind(pointer([key])))
  const start = isList || steps.length === 0 ? sql : `json_extract(${sql}, ${steps.shift()})`
  return steps.reduce(
    (list, step) => opened(`list_transform(${list}, lambda n: json_extract(n, ${step}))`),
    opened(`[${start}]`),
  )
}

/** The nodes of a list, each JSON list among them replaced by its elements; null is left out. */
const opened = (list: string) =>
  `flatten(list_transform(${list}, lambda e: CASE json_type(e) WHEN 'ARRAY' THEN json_extract(e, '$[*]') WHEN 'NULL' THEN [] ELSE [e] END))`

/** Source: RFC 6901. */
const pointer = (keys: readonly string[]) =>
  keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

const wordOf = (node: string) => `CASE WHEN json_type(${node}) ${IS_WORD} THEN json_extract_string(${node}, '$') END`

const jsonNumberOf = (at: string) =>
  `CASE WHEN json_type(${at}) ${IS_NUMBER} THEN CAST(json_extract_string(${at}) AS DOUBLE) END`

const numberOf = (node: string) =>
  `CASE WHEN json_type(${node}) ${IS_NUMBER} OR (json_type(${node}) = 'VARCHAR' AND regexp_matches(json_extract_string(${node}, '$'), '${PLAIN_DECIMAL_SOURCE}')) THEN CAST(json_extract_string(${node}, '$') AS DOUBLE) END`
