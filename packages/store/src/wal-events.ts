import { type AuditEvent, restoreEvent } from '@tidemark/event'
import { tenantOf } from './log-name.js'

/** A leaf as a line of the write-ahead log tells it; `event` is null for a control entry. */
export type Leaf = { readonly index: number; readonly event: AuditEvent | null }

/** Reads the leaves of a log from write-ahead log lines; commit lines are passed over. Throws on anything else. */
export function leavesOf(text: string, log: string): Leaf[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .filter((line) => !('commit' in line))
    .map((line) => ({ index: line.i, event: line.core ? eventOf(line, log) : null }))
}

function eventOf({ i, e, core, personal, content }: Line, log: string): AuditEvent {
  return restoreEvent(core, personal, content, { tenant: tenantOf(log), log, index: i, receivedAt: e.t })
}

type Line = { i: number; e: { t: number }; core: object; personal?: object; content?: object }
