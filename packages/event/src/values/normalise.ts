import { defaultCategory } from '../catalogue/classify.js'
import { limits } from '../limits.js'
import { below, refuse } from '../refusal.js'
import type { AuditEvent, Outcome, ProducedEvent } from '../schema/event.js'
import { changedFields } from './changed-fields.js'
import { timeOfId } from './event-id.js'
import { type Redactor, redactor } from './redact.js'
import { instantText, parseInstant } from './rfc3339.js'

/** An event with every default filled in and every value in its one form; what the server adds on storing is missing. */
export type NormalEvent = Omit<AuditEvent, 'tenant' | 'log' | 'index' | 'receivedAt'>

/** What normalising needs from outside: the clock, the way the event came, and the source of new ids. */
export type PrepareContext = {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly origin: 'http' | 'sdk' | 'otlp' | 'syslog' | 'collector' | 'import'
  /** A new UUIDv7, for events that have none. */
  newId(): string
  readonly defaultService: string
  /** The foreign payload this event was mapped from; `payload` keeps its text with the event. */
  readonly raw?: { readonly format: string; readonly sha256: string; readonly payload?: string }
  /** Default: `redactor()` with `defaultSecretNames`. */
  readonly redactor?: Redactor
}

const levelOf = { denied: 'warn', failure: 'error', success: 'info' } as const satisfies Record<Outcome, string>
const standardRedactor = redactor()

/**
 * Fills in defaults and brings every value into its one form.
 *
 * `event` fits the schema and is not changed. Refused (EventRefused) is what a schema cannot say: times, addresses,
 * sizes in bytes, depth, self-approval.
 */
export function normalise(event: ProducedEvent, client: AuditEvent['client'], context: PrepareContext): NormalEvent {
  const redact = context.redactor ?? standardRedactor
  const { approval, business, change, clock, details, error, onBehalfOf, trace } = event
  const message = event.message ?? `AUDIT: ${event.action}`
  checkBytes(message, limits.messageBytes, '/message')
  return {
    specVersion: '1.0',
    id: event.id?.toLowerCase() ?? context.newId(),
    time: eventTime(event, context.now),
    action: event.action,
    category: event.category ?? defaultCategory(event.action),
    level: event.level ?? levelOf[event.outcome],
    outcome: event.outcome,
    error: error && hasMembers(error) ? normalError(error, redact) : undefined,
    actor: normalActor(event.actor),
    onBehalfOf: onBehalfOf?.map(normalActor),
    resource: normalResource(event.resource, redact),
    targets: event.targets?.map((target) => normalResource(target, redact)),
    source: normalSource(event.source, context),
    session: event.session,
    request: event.request,
    trace: trace && normalTrace(trace),
    client,
    clock: clock && hasMembers(clock) ? clock : undefined,
    message: redact.text(message),
    details: details && freeObject(details, '/details', limits.detailsDepth, redact),
    change: change && hasMembers(change) ? normalChange(change, redact) : undefined,
    approval: approval && hasMembers(approval) ? normalApproval(approval, event, context.now) : undefined,
    business: business && hasMembers(business) ? business : undefined,
    labels: event.labels,
    raw: context.raw,
  }
}

/** Whether an object has a member that is not undefined. */
function hasMembers(value: object): boolean {
  for (const key in value) if ((value as Record<string, unknown>)[key] !== undefined) return true
  return false
}

function eventTime(event: ProducedEvent, now: number): string {
  if (event.time !== undefined) return checkedTime(event.time, '/time', now)
  if (event.id === undefined) return instantText(now)
  const ms = timeOfId(event.id)
  if (ms > now + limits.futureMs) refuse('time_in_future', '/id', inFuture)
  return instantText(ms)
}

const inFuture = 'expected a time at most 24 hours ahead of the server clock'

function checkedTime(text: string, pointer: string, now: number): string {
  const instant = parseInstant(text)
  if (!instant)
    return refuse(
      'invalid_time',
      pointer,
      `expected RFC 3339 such as 2025-01-15T09:30:00.000Z, found ${JSON.stringify(text.slice(0, 40))}`,
    )
  if (instant.ms > now + limits.futureMs) refuse('time_in_future', pointer, `${inFuture}, found ${instant.text}`)
  return instant.text
}

function normalError(error: NonNullable<ProducedEvent['error']>, redact: Redactor): NormalEvent['error'] {
  return { code: error.code, message: error.message === undefined ? undefined : redact.text(error.message) }
}

/** Identifiers can be URLs with a query. */
function normalResource(resource: NormalEvent['resource'], redact: Redactor): NormalEvent['resource'] {
  const id = redact.text(resource.id)
  const name = resource.name === undefined ? undefined : redact.text(resource.name)
  return id === resource.id && name === resource.name ? resource : { ...resource, id, name }
}

function normalActor(actor: ProducedEvent['actor']): NormalEvent['actor'] {
  if (actor.type !== undefined) return actor as NormalEvent['actor']
  return { ...actor, type: actor.id === 'unknown' ? 'anonymous' : 'user' }
}

function normalSource(source: ProducedEvent['source'], context: PrepareContext): NormalEvent['source'] {
  if (source === undefined) return { service: context.defaultService, origin: context.origin }
  const {
    service = context.defaultService,
    environment,
    version,
    host,
    instance,
    sequence,
    origin = context.origin,
  } = source
  return { service, environment, version, host, instance, sequence, origin }
}

function normalTrace(trace: NonNullable<ProducedEvent['trace']>): NormalEvent['trace'] {
  const traceId = trace.traceId.toLowerCase()
  return trace.spanId === undefined ? { traceId } : { traceId, spanId: trace.spanId.toLowerCase() }
}

function normalChange(change: NonNullable<ProducedEvent['change']>, redact: Redactor): NormalEvent['change'] {
  const { previous, next } = change
  const normal: NonNullable<NormalEvent['change']> = {}
  if (previous) normal.previous = freeObject(previous, '/change/previous', limits.stateDepth, redact)
  if (next) normal.next = freeObject(next, '/change/next', limits.stateDepth, redact)
  const changed = change.changedFields ?? (previous && next && changedFields(previous, next))
  if (changed && changed.length > limits.changedFields) {
    refuse('too_many', '/change', `expected at most ${limits.changedFields} changed fields, found ${changed.length}`)
  }
  if (changed) normal.changedFields = changed
  return normal
}

function normalApproval(
  approval: NonNullable<ProducedEvent['approval']>,
  event: ProducedEvent,
  now: number,
): NormalEvent['approval'] {
  if (!approval.chain) return approval
  const requester = decides(event.action) ? undefined : event.actor.id
  const chain = approval.chain.map((step, i) => {
    if (step.approver === requester) {
      refuse(
        'self_approval',
        below('/approval/chain', i),
        `expected an approver other than ${JSON.stringify(requester)}, who asked`,
      )
    }
    return step.at === undefined
      ? step
      : { ...step, at: checkedTime(step.at, `${below('/approval/chain', i)}/at`, now) }
  })
  return { ...approval, chain }
}

/** In an event about a decision the actor is who decides, so nobody in the chain is known to have asked. */
const decides = (action: string) => /\.(approve|reject|deny|decide|escalate|review|certify|grant|revoke)$/.test(action)

function freeObject(
  value: Record<string, unknown>,
  pointer: string,
  maxDepth: number,
  redact: Redactor,
): Record<string, unknown> {
  if (isDeeper(value, maxDepth)) refuse('too_deep', pointer, `expected at most ${maxDepth} levels of nesting`)
  return redact.tree(value)
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  for (const member of Object.values(value)) if (isDeeper(member, levels - 1)) return true
  return false
}

function checkBytes(text: string, max: number, pointer: string): void {
  if (text.length * 3 <= max) return
  const bytes = utf8Bytes(text)
  if (bytes > max) refuse('too_long', pointer, `expected at most ${max} bytes of UTF-8, found ${bytes}`)
}

/** How many bytes a text has in UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c < 0x80) continue
    bytes += c < 0x800 ? 1 : 2
    if (c >= 0xd800 && c <= 0xdbff) {
      i++
      bytes--
    }
  }
  return bytes
}
