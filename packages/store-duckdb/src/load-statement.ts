import { type Column, columns, type EventPart } from './columns.js'

/** The table of events. `log` is the number of the log, `leaf` the index in it, `received_at` milliseconds since 1970. */
export const createEvents = `CREATE TABLE events (log INTEGER, leaf BIGINT, received_at BIGINT, ip_key VARCHAR, ${columns
  .map(({ name, type }) => `${name} ${type}`)
  .join(', ')})`

/**
 * Loads the events of a file of write-ahead log lines into the log with this number.
 *
 * Everything else in the file (control entries, commit lines) has no `core` and is passed over. The columns are declared,
 * so the engine parses each line once and only for what the table holds.
 */
export function loadEvents(logNumber: number, path: string): string {
  return `INSERT INTO events SELECT ${logNumber}, i, e.t, ip, ${values} FROM read_json(${quoted(path)}, format = 'newline_delimited', maximum_object_size = ${LONGEST_LINE}, columns = {i: 'BIGINT', e: 'STRUCT(t BIGINT)', id: 'UUID', ip: 'VARCHAR', core: ${structOf('core')}, personal: ${structOf('personal')}, content: ${structOf('content')}}) WHERE core IS NOT NULL`
}

/** Bytes; far above the 256 KiB of an event. The engine's buffers for reading are twice this. */
const LONGEST_LINE = 4 << 20

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

const values = columns
  .map(({ kind, part, path }) => {
    const place = [part, ...path].map((name) => `"${name}"`).join('.')
    if (kind === 'id') return 'id'
    return kind === 'time' ? `epoch_ns(CAST(${place} AS TIMESTAMP_NS))` : place
  })
  .join(', ')

type Shape = { [name: string]: string | Shape }

/** The declared type of one part: a struct of the values that have columns, JSON below that. */
function structOf(part: EventPart): string {
  const shape: Shape = {}
  for (const column of columns) if (column.part === part) place(shape, column)
  return quoted(typeText(shape))
}

function place(shape: Shape, { path, kind }: Column): void {
  if (kind === 'id') return
  let inner = shape
  for (const name of path.slice(0, -1)) {
    inner[name] ??= {}
    inner = inner[name] as Shape
  }
  const types = { text: 'VARCHAR', time: 'VARCHAR', json: 'JSON', number: 'DOUBLE', boolean: 'BOOLEAN' }
  inner[path.at(-1)!] = types[kind]
}

const typeText = (shape: Shape): string =>
  `STRUCT(${Object.entries(shape)
    .map(([name, inner]) => `"${name}" ${typeof inner === 'string' ? inner : typeText(inner)}`)
    .join(', ')})`
