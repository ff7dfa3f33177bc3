import { isObject, type Json, setOwn } from '../json/json-object.js'
import { below, type Refusal, refuse } from '../refusal.js'
import { topLevelNames } from '../schema/schema-json.js'
import { asApplicationLog, isPlainLog, metadataPath } from './application-log.js'
import { aliases, flatNames, type Path } from './flat-names.js'
import { withoutEmpty } from './without-empty.js'

/**
 * The nested form of what older clients send; what is not understood stays where it was, for the schema to name.
 *
 * - Flat names at the top level: `actor_id`, `actorId` or `actor.id`.
 * - The LogTide shape: `{service, level, message, time, metadata: {audit: true, actor_id, …}}`; metadata that is no
 *   field becomes `details`.
 * - A plain log line: a message and no action. It becomes the action `log.<level>`, kept apart from audit events.
 * - `null` and `""` in a field count as absent.
 *
 * Refused (EventRefused): one field under two names with two values, and an `audit` mark that contradicts the event.
 */
export function nestedForm(sent: Json): Json {
  const event: Json = {}
  const plainLog = isPlainLog(sent)
  for (const name of Object.keys(sent)) {
    if (name === 'metadata' && isObject(sent.metadata)) placeMetadata(event, sent.metadata, plainLog)
    else if (name === 'audit') checkMark(sent.audit, plainLog)
    else if (!isEmpty(sent[name]) || !isKnown(name)) place(event, pathOf(name), sent[name], '', name)
  }
  return plainLog ? asApplicationLog(event) : withChangedFields(event)
}

/** The same refusal, pointing into the event as it was sent instead of into its nested form. */
export function asSent(refusal: Refusal, sent: Json): Refusal {
  const metadata = isObject(sent.metadata) ? sent.metadata : undefined
  const plainLog = isPlainLog(sent)
  for (const name of Object.keys(metadata ?? {})) {
    const moved = movedTo(refusal.pointer, metadataPath(name, metadata![name], plainLog), below('/metadata', name))
    if (moved !== undefined) return { ...refusal, pointer: moved }
  }
  for (const name of Object.keys(sent)) {
    const moved = movedTo(refusal.pointer, pathOf(name), below('', name))
    if (moved !== undefined) return { ...refusal, pointer: moved }
  }
  const alias = aliases.get(refusal.pointer.slice(1).replaceAll('/', '.'))
  return metadata && alias !== undefined ? { ...refusal, pointer: below('/metadata', alias) } : refusal
}

/** Where `pointer` was, if a value that was sent at `from` now lies at `path` and `pointer` is in it. */
function movedTo(pointer: string, path: Path, from: string): string | undefined {
  const to = path[1] === undefined ? below('', path[0]) : below(below('', path[0]), path[1])
  return pointer === to || pointer.startsWith(`${to}/`) ? from + pointer.slice(to.length) : undefined
}

function placeMetadata(event: Json, metadata: Json, plainLog: boolean): void {
  for (const name of Object.keys(metadata)) {
    const value = metadata[name]
    const path = metadataPath(name, value, plainLog)
    if (name === 'audit') checkMark(value, true)
    else if (!isEmpty(value) || (path[0] === 'details' && path[1] !== undefined))
      place(event, path, value, '/metadata', name)
  }
}

const isEmpty = (value: unknown) => value === null || value === undefined || value === ''
const isKnown = (name: string) => flatNames.has(name) || topLevelNames.has(name)
const pathOf = (name: string): Path => flatNames.get(name) ?? [name]

/** Puts a value where it belongs; two objects for one place are laid together. `event` alone is changed. */
function place(event: Json, [top, member]: Path, value: unknown, parent: string, name: string): void {
  if (member !== undefined) {
    const holder = event[top] ?? {}
    if (!isObject(holder)) conflict(top, below(parent, name))
    setOne(holder, member, top === 'trace' ? withoutHyphens(value) : value, below(parent, name))
    event[top] = holder
  } else if (isObject(value)) {
    const own = withoutEmpty(value, top)
    if (own === undefined) return
    const holder = Object.hasOwn(event, top) ? event[top] : undefined
    if (!isObject(holder)) setOne(event, top, own, below(parent, name))
    else for (const key of Object.keys(own)) setOne(holder, key, own[key], below(below(parent, name), key))
  } else setOne(event, top, value, below(parent, name))
}

function setOne(holder: Json, name: string, value: unknown, pointer: string): void {
  if (Object.hasOwn(holder, name) && holder[name] !== value) conflict(name, pointer)
  setOwn(holder, name, value)
}

function conflict(name: string, pointer: string): never {
  return refuse('conflicting_field', pointer, `expected ${name} once, found it under two names with two values`)
}

function checkMark(audit: unknown, mayBeFalse: boolean): void {
  if (typeof audit !== 'boolean') refuse('wrong_type', '/audit', 'expected true or false')
  if (!audit && !mayBeFalse) refuse('invalid_value', '/audit', 'expected true, since the event has an action')
}

/** Some clients write a trace id as a UUID. */
const withoutHyphens = (id: unknown) =>
  typeof id === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id.replaceAll('-', '') : id

/** Guide-made events name changed fields in details: for a partial update that is better than a diff of what was sent. */
function withChangedFields(event: Json): Json {
  const named = isObject(event.details) ? event.details.changedFields : undefined
  if (!isObject(event.change) || event.change.changedFields !== undefined || !Array.isArray(named)) return event
  const isList = named.every((name) => typeof name === 'string')
  return isList ? { ...event, change: { ...event.change, changedFields: named } } : event
}
