import { fields } from '@tidemark/event'
import type { BoundField, DuckdbColumn, DuckdbTable } from '@tidemark/query'
import { tenantOf } from '@tidemark/store'
import { type Column, columnAt, columns } from './columns.js'

/** Where the query language finds each field in the events table, for questions about one log. */
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
      const column = columnAt(field.part, field.path)
      return column ? whole(column, field) : inList(field)
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
function inList(field: BoundField): DuckdbColumn {
  const list = columns.find(({ part, path }) => part === field.part && field.path.startsWith(`${path.join('.')}.`))
  if (!list) throw new TypeError(`the events table has no column for ${field.path}`)
  const keys = field.path.slice(list.path.join('.').length + 1).split('.')
  return { kind: 'json', sql: list.name, isList: true, keys }
}

const listsOfWords = new Set(
  fields
    .filter(({ path, type }) => type === 'array' && !fields.some((other) => other.path.startsWith(`${path}.`)))
    .map(({ path }) => path),
)

const text = (value: string) => `'${value.replaceAll("'", "''")}'`
