import type { AuditEvent } from '../schema/event.js'
import type { NormalEvent } from '../values/normalise.js'
import { instantText } from '../values/rfc3339.js'

/** Where the ledger put an event. `receivedAt` is the entry's `t`, in milliseconds. */
export type Place = {
  readonly tenant: string
  readonly log?: string
  readonly index: number
  readonly receivedAt: number
}

type Json = Record<string, unknown>

/**
 * Puts an event together from its parts: the inverse of `splitParts`. A part that was erased or withheld is undefined,
 * and its fields are then absent. `log` is kept in the event only when it is not the tenant's own.
 */
export function restoreEvent(
  core: object,
  personal: object | undefined,
  content: object | undefined,
  place: Place,
): AuditEvent {
  const { tenant, log, index, receivedAt } = place
  const own = log === undefined || log === tenant
  const head = own ? { tenant, index } : { tenant, log, index }
  return {
    ...head,
    receivedAt: instantText(receivedAt),
    ...(joinParts(core, personal, content) as NormalEvent),
  } as AuditEvent
}

/** The parts laid over one another; arrays are joined item by item. */
export function joinParts(core: object, personal: object | undefined, content: object | undefined): object {
  let event = core as Json
  if (personal) event = overlay(event, personal as Json)
  if (content) event = overlay(event, content as Json)
  return event
}

function overlay(below: Json, above: Json): Json {
  const out: Json = { ...below }
  for (const key in above) out[key] = key in out ? join(out[key], above[key]) : above[key]
  return out
}

function join(below: unknown, above: unknown): unknown {
  if (Array.isArray(below) && Array.isArray(above))
    return below.map((item, i) => (i < above.length ? join(item, above[i]) : item))
  return overlay(below as Json, above as Json)
}
