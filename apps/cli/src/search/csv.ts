import type { EventAnswer } from '@tidemark/wire'
import { stringify } from 'csv-stringify/sync'
import { cellText } from './event-columns.js'
import { valueAt } from './event-value.js'

/** The columns of a CSV file of events when none are asked for. */
export const csvColumns: readonly string[] = [
  'time',
  'received_at',
  'action',
  'outcome',
  'actor_id',
  'actor_type',
  'actor_role',
  'actor_name',
  'actor_email',
  'actor_ip',
  'actor_user_agent',
  'resource_type',
  'resource_id',
  'resource.name',
  'service',
  'environment',
  'category',
  'level',
  'session_id',
  'request_id',
  'message',
  'error_code',
  'details',
  'change',
  'approval',
  'index',
  'id',
]

/** One line of CSV for each event. */
export const csvOfEvents = (columns: readonly string[], events: readonly EventAnswer[]) =>
  csvLines(events.map((event) => columns.map((name) => cellText(valueAt(event, name)))))

/**
 * Lines of CSV by RFC 4180 (CRLF, quotes doubled). A cell that a spreadsheet would run as a formula (it begins with
 * `=`, `+`, `-`, `@`, a tab or a line break) gets an apostrophe before it, as OWASP advises; numbers stay numbers.
 */
export function csvLines(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => row.map(harmless)),
    { record_delimiter: 'windows' },
  )
}

const harmless = (cell: string) =>
  /^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell
