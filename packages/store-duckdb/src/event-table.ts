import { fields } from '@tidemark/event'
import { type BoundField, type Dialect, type DuckdbColumn, type DuckdbTable, duckdbDialect } from '@tidemark/query'
import { tenantOf } from '@tidemark/store'
import { type Column, columnAt, columns } from './columns.js'

/**
 * How the query language speaks to the events table, for questions about one log.
 *
 * Most events have no lists and no states: whether there is one at all is asked before anything dear.
 */
export function eventDialect(log: string): Dialect {
  const dialect = duckdbDialect(eventTable(log))
  const ifAny = (field: BoundField, condition: string) => `(${columnOf(field)!.name} IS NOT NULL AND ${condition})`
  return {
    ...dialect,
    hasValue: (field, ...rest) => ifAny(field, dialect.hasValue(field, ...rest)),
    someWord: (field, ...rest) => ifAny(field, dialect.someWord(field, ...rest)),
    someNumber: (field, ...rest) => ifAny(field, dialect.someNumber(field, ...rest)),
  }
}

/** Where the query language finds each field in the events table. */
export function eventTable(log: string): DuckdbTable {
  const tenant = tenantOf(log)
  const fromServer: Readonly<Record<string, string>> = {
    tenant: text(tenant),
    log: log === tenant ? 'CAST(NULL AS VARCHAR)' : text(log),
    index: 'leaf',
    receivedAt: 'received_at * 1000000',
  }
  return {
    column(field) {
      const server = fromServer[field.path]
      if (server !== undefined) return { kind: 'value', sql: server }
      const column = columnOf(field)
      if (!column) throw new TypeError(`the events table has no column for ${field.path}`)
      return column.path.join('.') === field.path ? whole(column, field) : inList(column, field)
    },
  }
}

function whole({ name, kind }: Column, { path, type }: BoundField): DuckdbColumn {
  if (type === 'ip') return { kind: 'value', sql: 'ip_key' }
  if (kind === 'id') return { kind: 'value', sql: `CAST(${name} AS VARCHAR)` }
  if (kind !== 'json') return { kind: 'value', sql: name }
  return listsOfWords.has(path)
    ? { kind: 'list', sql: `json_extract_string(${name}, '$[*]')` }
    : { kind: 'json', sql: name }
}

/** A value of each item of a list: `targets.id`. */
function inList({ name, path }: Column, field: BoundField): DuckdbColumn {
  return { kind: 'json', sql: name, isList: true, keys: field.path.split('.').slice(path.length) }
}

/** The column that holds a field, or the list it belongs to. */
const columnOf = ({ part, path }: BoundField): Column | undefined =>
  columnAt(part, path) ?? columns.find((column) => column.part === part && path.startsWith(`${column.path.join('.')}.`))

const listsOfWords = new Set(
  fields
    .filter(({ path, type }) => type === 'array' && !fields.some((other) => other.path.startsWith(`${path}.`)))
    .map(({ path }) => path),
)

const text = (value: string) => `'${value.replaceAll("'", "''")}'`
