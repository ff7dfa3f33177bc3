import { restoreEvent } from '../parts/restore.js'
import { type PreparedEvent, prepareEvent } from '../prepare.js'
import type { Refusal } from '../refusal.js'
import type { AuditEvent } from '../schema/event.js'
import type { PrepareContext } from '../values/normalise.js'

/** A server on the afternoon of 15 January 2025. */
export const context: PrepareContext = {
  now: Date.parse('2025-01-15T12:00:00.000Z'),
  origin: 'http',
  newId: () => '01946a00-0000-7000-8000-000000000001',
  defaultService: 'audit',
}

/** Prepares what must be accepted. */
export function accepted(event: unknown): PreparedEvent {
  const answer = prepareEvent(typeof event === 'string' ? event : JSON.stringify(event), context)
  if ('refusal' in answer) throw new Error(JSON.stringify(answer.refusal))
  return answer.event
}

/** Prepares what must be refused. */
export function refused(event: unknown): Refusal {
  const answer = prepareEvent(typeof event === 'string' ? event : JSON.stringify(event), context)
  if ('event' in answer) throw new Error(`accepted: ${answer.event.core}`)
  return answer.refusal
}

/** What users see of a prepared event, as leaf 7 of the log of `acme`. */
export function seen({ core, personal, content }: PreparedEvent): AuditEvent {
  return restoreEvent(JSON.parse(core), parsed(personal), parsed(content), {
    tenant: 'acme',
    index: 7,
    receivedAt: context.now,
  })
}

const parsed = (part: string) => (part === '' ? undefined : (JSON.parse(part) as object))
