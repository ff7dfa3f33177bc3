import type { Json } from '../json/json-object.js'
import type { AuditEvent } from '../schema/event.js'
import { topLevelNames } from '../schema/schema-json.js'
import { instantText } from '../values/rfc3339.js'

/** Where the ledger put an event. `receivedAt` is the entry's `t`, in milliseconds. */
export type Place = {
  readonly tenant: string
  readonly log?: string
  readonly index: number
  readonly receivedAt: number
}

/**
 * Puts an event together from its parts: the inverse of preparing it.
 *
 * A part that was erased or withheld is undefined, and its fields are then absent. Members come in the order of the
 * documentation. `log` is kept in the event only when it is not the tenant's own.
 */
export function restoreEvent(
  core: object,
  personal: object | undefined,
  content: object | undefined,
  place: Place,
): AuditEvent {
  const joined = join(core as Json, personal as Json | undefined, content as Json | undefined)
  const { tenant, log, index, receivedAt } = place
  const event: Json = log === undefined || log === tenant ? { tenant, index } : { tenant, log, index }
  event.receivedAt = instantText(receivedAt)
  for (const name of topLevelNames) if (joined[name] !== undefined) event[name] = joined[name]
  if (joined.raw !== undefined) event.raw = joined.raw
  return event as AuditEvent
}

function join(core: Json, personal: Json | undefined, content: Json | undefined): Json {
  const withPerson = personal ? overlay(core, personal) : core
  return content ? overlay(withPerson, content) : withPerson
}

function overlay(below: Json, above: Json): Json {
  const out: Json = { ...below }
  for (const name of Object.keys(above)) out[name] = name in out ? layered(out[name], above[name]) : above[name]
  return out
}

/** Lists are joined item by item. Only members of the format meet here, never those of details or states. */
function layered(below: unknown, above: unknown): unknown {
  if (!Array.isArray(below) || !Array.isArray(above)) return overlay(below as Json, above as Json)
  return below.map((item, i) => (i < above.length ? overlay(item as Json, above[i] as Json) : item))
}
