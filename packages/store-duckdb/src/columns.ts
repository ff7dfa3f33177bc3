import { type Field, fields } from '@tidemark/event'

export type EventPart = 'core' | 'personal' | 'content'

const LONG_TEXT = 'VARCHAR USING COMPRESSION zstd'

/** One value of the event that has a column of its own; the columns together hold the whole event. */
export type Column = {
  /** In SQL: the field's alias, or its path in snake case. */
  readonly name: string
  readonly part: EventPart
  /** Where the value stands in its part. */
  readonly path: readonly string[]
  /** `json`: a list or an open object, kept as JSON text. */
  readonly kind: 'text' | 'json' | 'number' | 'boolean' | 'time' | 'id'
  readonly type: string
}

/**
 * Every value of an event and its column, made from the event's own list of fields.
 *
 * A list whose items are told apart into parts (`targets`) has one column per part.
 */
export const columns: readonly Column[] = [...fields.flatMap(columnsOf), rawPayload()]

/** The column that holds the value at `path` of a part; undefined for what lies inside a JSON column. */
export const columnAt = (part: string, path: string): Column | undefined => byPlace.get(`${part} ${path}`)

function columnsOf(field: Field): Column[] {
  const { part, path } = field
  if (part === 'server') return []
  const list = enclosingList(path)
  if (!list) return [column(field, part, path.replace('.*', ''))]
  const isFirstOfPart = fields.find((other) => other.part === part && enclosingList(other.path) === list) === field
  return part !== list.part && isFirstOfPart ? [column(list, part, list.path, `_${part}`)] : []
}

function column(field: Field, part: EventPart, path: string, suffix = ''): Column {
  const name = (field.alias ?? path).replace('.*', '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const kind = kindOf(field)
  return { name: name.replaceAll('.', '_') + suffix, part, path: path.split('.'), kind, type: typeOf(kind, field) }
}

function enclosingList(path: string): Field | undefined {
  return fields.find((other) => other.type === 'array' && path.startsWith(`${other.path}.`))
}

function kindOf({ path, type }: Field): Column['kind'] {
  if (path === 'id') return 'id'
  if (path.endsWith('.*') || type === 'array' || type === 'object') return 'json'
  return type === 'number' || type === 'boolean' || type === 'time' ? type : 'text'
}

/** Times are nanoseconds since 1970. Open objects compress best by zstd, which the engine would not choose by itself. */
function typeOf(kind: Column['kind'], field: Field): string {
  if (kind === 'json') return field.type === 'object' ? LONG_TEXT : 'VARCHAR'
  if (kind === 'number') return field.path === 'source.sequence' ? 'BIGINT' : 'DOUBLE'
  return { text: 'VARCHAR', id: 'UUID', time: 'BIGINT', boolean: 'BOOLEAN' }[kind]
}

function rawPayload(): Column {
  return { name: 'raw_payload', part: 'content', path: ['raw', 'payload'], kind: 'text', type: LONG_TEXT }
}

const byPlace = new Map(columns.map((entry) => [`${entry.part} ${entry.path.join('.')}`, entry]))
