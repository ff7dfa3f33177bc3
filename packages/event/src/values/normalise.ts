import { defaultCategory } from '../catalogue/classify.js'
import { checkBytes } from '../json/byte-limit.js'
import { limits } from '../limits.js'
import type { AuditEvent, ProducedEvent } from '../schema/event.js'
import type { Origin, Outcome } from '../schema/words.js'
import { normalApproval } from './approval.js'
import { normalChange } from './change.js'
import { eventTime } from './event-time.js'
import { freeObject } from './free-object.js'
import { type Redactor, redactor } from './redact.js'

/** An event with every default filled in and every value in its one form; what the server adds on storing is missing. */
export type NormalEvent = Omit<AuditEvent, 'tenant' | 'log' | 'index' | 'receivedAt'>

/** What normalising needs from outside: the clock, the way the event came, and the source of new ids. */
export type PrepareContext = {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly origin: Origin
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
  const message = redact.text(event.message ?? `AUDIT: ${event.action}`)
  checkBytes(message, limits.messageBytes, 'too_long', '/message')
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
    message,
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
