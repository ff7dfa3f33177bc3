import { type AuditEvent, restoreEvent } from '@tidemark/event'
import { instantText } from '@tidemark/query'
import { tenantOf } from '@tidemark/store'
import { type Column, columns, type EventPart } from './columns.js'

/** The select list that `eventOfRow` reads. */
export const eventColumns = ['leaf', 'received_at', ...columns.map(({ name }) => name)].join(', ')

/** Puts an event together again from its row: the same that `restoreEvent` makes of its line in the ledger. */
export function eventOfRow(row: readonly unknown[], log: string): AuditEvent {
  const parts: Record<EventPart, Json | undefined> = { core: {}, personal: undefined, content: undefined }
  for (let i = 0; i < columns.length; i++) {
    const stored = row[i + 2]
    if (stored === null) continue
    const column = columns[i]!
    parts[column.part] ??= {}
    put(parts[column.part]!, column.path, storedValue(column, stored))
  }
  const place = { tenant: tenantOf(log), log, index: Number(row[0]), receivedAt: Number(row[1]) }
  return restoreEvent(parts.core!, parts.personal, parts.content, place)
}

type Json = Record<string, unknown>

function put(part: Json, path: readonly string[], value: unknown): void {
  let inner = part
  for (let i = 0; i < path.length - 1; i++) {
    inner[path[i]!] ??= {}
    inner = inner[path[i]!] as Json
  }
  inner[path.at(-1)!] = value
}

function storedValue({ kind }: Column, stored: unknown): unknown {
  if (kind === 'json') return JSON.parse(stored as string)
  if (kind === 'number') return Number(stored)
  return kind === 'time' ? instantText(stored as bigint) : stored
}
