import { fields } from './fields.js'
import { below, refuse } from './refusal.js'
import { levels } from './schema/event.js'

type Json = Record<string, unknown>

/**
 * An event in the nested form, made from what older clients send; whatever is not understood stays where it was, for
 * the schema to name.
 *
 * - Flat names: `actor_id`, `actorId` or `actor.id` at the top level.
 * - The LogTide shape: `{service, level, message, time, metadata: {audit: true, actor_id, …}}`; metadata that is no
 *   field becomes `details`.
 * - A plain log line: a message without an action. It becomes the action `log.<level>`, kept apart from audit events.
 * - `null` and `""` in a field count as absent.
 *
 * Refused (EventRefused): one field under two names with two values (`conflicting_field`).
 */
export function nestedForm(sent: Json): Json {
  const { audit, metadata, ...top } = sent
  const event: Json = {}
  for (const [name, value] of Object.entries(top)) {
    if (isEmpty(value)) continue
    place(event, flatNames.get(name) ?? [name], value, below('', name))
  }
  const isLogShape = isObject(metadata)
  if (isLogShape) placeMetadata(event, metadata)
  else if (!isEmpty(metadata)) event.metadata = metadata
  const marked = audit === true || (isLogShape && metadata.audit === true)
  if (audit !== undefined && typeof audit !== 'boolean') event.audit = audit
  if (!marked && event.action === undefined && event.outcome === undefined && typeof event.message === 'string')
    asLog(event)
  if (isObject(event.details)) hoistChangedFields(event, event.details)
  return withoutEmpty(event)
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isEmpty = (value: unknown) => value === null || value === undefined || value === ''

const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Flat name → the members on the way to the field. */
const flatNames = new Map<string, readonly string[]>([
  ['previous_state', ['change', 'previous']],
  ['previousState', ['change', 'previous']],
  ['new_state', ['change', 'next']],
  ['newState', ['change', 'next']],
  ['audit_version', ['specVersion']],
  ['auditVersion', ['specVersion']],
])
for (const field of fields) {
  if (
    field.part === 'server' ||
    field.path.endsWith('.*') ||
    /^(targets|onBehalfOf|approval\.chain)\./.test(field.path)
  )
    continue
  for (const name of [field.path, field.alias ?? field.path]) {
    flatNames.set(name, field.path.split('.'))
    flatNames.set(camel(name), field.path.split('.'))
  }
}

/** Members of the event itself, which metadata may hold as they are. */
const nestedNames = new Set(fields.filter((field) => field.part !== 'server').map((field) => field.path.split('.')[0]!))

function placeMetadata(event: Json, metadata: Json): void {
  for (const [name, value] of Object.entries(metadata)) {
    if (name === 'audit' || isEmpty(value)) continue
    const path = flatNames.get(name) ?? (nestedNames.has(name) ? [name] : ['details', name])
    place(event, path, value, below('/metadata', name))
  }
}

/** Puts a value where it belongs; objects from two names are laid together. */
function place(event: Json, path: readonly string[], value: unknown, pointer: string): void {
  let at = event
  for (const name of path.slice(0, -1)) {
    if (!Object.hasOwn(at, name)) at[name] = {}
    const next = at[name]
    if (!isObject(next)) return refuse('conflicting_field', pointer, `${name} is given as a plain value as well`)
    at = next
  }
  const last = path.at(-1)!
  if (isObject(value) && path.length === 1) {
    if (!Object.hasOwn(at, last)) at[last] = {}
    if (isObject(at[last]))
      for (const [name, member] of Object.entries(value)) place(at[last], [name], member, below(pointer, name))
    return
  }
  if (Object.hasOwn(at, last) && at[last] !== value) {
    refuse('conflicting_field', pointer, `${path.join('.')} is given under two names with two values`)
  }
  Object.defineProperty(at, last, { value, enumerable: true, writable: true, configurable: true })
}

const levelWords: Readonly<Record<string, string>> = {
  trace: 'debug',
  notice: 'info',
  warning: 'warn',
  err: 'error',
  fatal: 'critical',
}

/** An application log has no actor, resource or outcome of its own: the service wrote a log. */
function asLog(event: Json): void {
  const word = String(event.level ?? 'info').toLowerCase()
  const level = levelWords[word] ?? word
  if (!(levels as readonly string[]).includes(level)) return
  const service = isObject(event.source) ? event.source.service : undefined
  event.level = level
  event.action = `log.${level}`
  event.category = 'system'
  event.outcome = level === 'error' || level === 'critical' ? 'failure' : 'success'
  event.actor ??= { id: service ?? 'unknown', type: 'service' }
  event.resource ??= { type: 'application_log', id: 'N/A' }
}

/** The guides put the names of changed fields into details; a partial update makes theirs better than a diff. */
function hoistChangedFields(event: Json, details: Json): void {
  const named = details.changedFields
  if (!isObject(event.change) || event.change.changedFields !== undefined || !Array.isArray(named)) return
  if (named.every((name) => typeof name === 'string')) event.change = { ...event.change, changedFields: named }
}

function withoutEmpty(event: Json): Json {
  const out: Json = {}
  for (const [name, value] of Object.entries(event)) {
    if (isEmpty(value)) continue
    if (!isObject(value) || name === 'details' || name === 'change') out[name] = value
    else {
      const members = Object.entries(value).filter(([, member]) => !isEmpty(member))
      if (members.length > 0 || Object.keys(value).length === 0) out[name] = Object.fromEntries(members)
    }
  }
  return out
}
