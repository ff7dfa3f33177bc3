import { suggestMember } from '../schema/suggest.js'

export type FieldType = 'keyword' | 'text' | 'number' | 'time' | 'ip' | 'boolean' | 'array' | 'object'

/** A place in the event that a query can name. */
export type Field = {
  /** Dotted, `actor.id`; `details.*` stands for everything below. Inside arrays the index is left out. */
  readonly path: string
  /** The flat snake_case name, also taken from older clients. */
  readonly alias?: string
  readonly type: FieldType
  /** `server` is outside the three hashed parts. */
  readonly part: 'core' | 'personal' | 'content' | 'server'
  /** Stored values are always lower case, so a comparison need not fold them. */
  readonly lowercase: boolean
}

type Options = { alias?: string; lowercase?: boolean }
const field = (part: Field['part'], path: string, type: FieldType, options: Options = {}): Field => ({
  path,
  ...(options.alias === undefined ? {} : { alias: options.alias }),
  type,
  part,
  lowercase: options.lowercase ?? false,
})
const core = field.bind(null, 'core')
const personal = field.bind(null, 'personal')
const content = field.bind(null, 'content')
const server = field.bind(null, 'server')
const lower = true

/** Every place of the event in the order of the documentation. */
export const fields: readonly Field[] = [
  core('specVersion', 'keyword', { alias: 'spec_version', lowercase: lower }),
  core('id', 'keyword', { alias: 'id', lowercase: lower }),
  core('time', 'time', { alias: 'time' }),
  server('receivedAt', 'time', { alias: 'received_at' }),
  server('tenant', 'keyword', { alias: 'tenant', lowercase: lower }),
  server('log', 'keyword', { alias: 'log', lowercase: lower }),
  server('index', 'number', { alias: 'index' }),
  core('action', 'keyword', { alias: 'action', lowercase: lower }),
  core('category', 'keyword', { alias: 'category', lowercase: lower }),
  core('level', 'keyword', { alias: 'level', lowercase: lower }),
  core('outcome', 'keyword', { alias: 'outcome', lowercase: lower }),
  core('error.code', 'keyword', { alias: 'error_code' }),
  content('error.message', 'text', { alias: 'error_message' }),
  core('actor.id', 'keyword', { alias: 'actor_id' }),
  core('actor.type', 'keyword', { alias: 'actor_type', lowercase: lower }),
  core('actor.role', 'keyword', { alias: 'actor_role' }),
  core('actor.roles', 'array', { alias: 'actor_roles' }),
  personal('actor.email', 'keyword', { alias: 'actor_email' }),
  personal('actor.name', 'text', { alias: 'actor_name' }),
  personal('actor.department', 'keyword', { alias: 'actor_department' }),
  personal('actor.status', 'keyword', { alias: 'actor_status' }),
  core('onBehalfOf', 'array', { alias: 'on_behalf_of' }),
  core('onBehalfOf.id', 'array'),
  core('onBehalfOf.type', 'array', { lowercase: lower }),
  core('onBehalfOf.role', 'array'),
  core('onBehalfOf.roles', 'array'),
  personal('onBehalfOf.email', 'array'),
  personal('onBehalfOf.name', 'array'),
  personal('onBehalfOf.department', 'array'),
  personal('onBehalfOf.status', 'array'),
  core('resource.type', 'keyword', { alias: 'resource_type' }),
  core('resource.id', 'keyword', { alias: 'resource_id' }),
  content('resource.name', 'text', { alias: 'resource_name' }),
  core('resource.owner', 'keyword', { alias: 'resource_owner' }),
  core('resource.classification', 'keyword', { alias: 'resource_classification' }),
  core('targets', 'array', { alias: 'targets' }),
  core('targets.type', 'array', { alias: 'target_type' }),
  core('targets.id', 'array', { alias: 'target_id' }),
  content('targets.name', 'array', { alias: 'target_name' }),
  core('targets.owner', 'array'),
  core('targets.classification', 'array'),
  core('source.service', 'keyword', { alias: 'service' }),
  core('source.environment', 'keyword', { alias: 'environment' }),
  core('source.version', 'keyword', { alias: 'version' }),
  core('source.host', 'keyword', { alias: 'host' }),
  core('source.instance', 'keyword', { alias: 'instance' }),
  core('source.sequence', 'number', { alias: 'sequence' }),
  core('source.origin', 'keyword', { alias: 'origin', lowercase: lower }),
  core('session.id', 'keyword', { alias: 'session_id' }),
  core('request.id', 'keyword', { alias: 'request_id' }),
  core('trace.traceId', 'keyword', { alias: 'trace_id', lowercase: lower }),
  core('trace.spanId', 'keyword', { alias: 'span_id', lowercase: lower }),
  personal('client.ip', 'ip', { alias: 'actor_ip', lowercase: lower }),
  personal('client.forwardedFor', 'array', { alias: 'forwarded_for' }),
  personal('client.userAgent', 'text', { alias: 'actor_user_agent' }),
  personal('client.geo.country', 'keyword', { alias: 'actor_country' }),
  personal('client.geo.region', 'keyword', { alias: 'actor_region' }),
  personal('client.geo.city', 'keyword', { alias: 'actor_city' }),
  personal('client.device.type', 'keyword', { alias: 'device_type', lowercase: lower }),
  personal('client.device.os', 'keyword', { alias: 'device_os' }),
  personal('client.device.osVersion', 'keyword', { alias: 'device_os_version' }),
  personal('client.device.browser', 'keyword', { alias: 'device_browser' }),
  personal('client.device.browserVersion', 'keyword', { alias: 'device_browser_version' }),
  core('clock.synced', 'boolean', { alias: 'clock_synced' }),
  core('clock.source', 'keyword', { alias: 'clock_source' }),
  core('clock.offsetMs', 'number', { alias: 'clock_offset_ms' }),
  content('message', 'text', { alias: 'message' }),
  content('details.*', 'object', { alias: 'details.*' }),
  content('change.previous.*', 'object', { alias: 'previous_state.*' }),
  content('change.next.*', 'object', { alias: 'new_state.*' }),
  core('change.changedFields', 'array', { alias: 'changed_fields' }),
  core('approval.required', 'boolean', { alias: 'approval_required' }),
  core('approval.status', 'keyword', { alias: 'approval_status' }),
  core('approval.requestId', 'keyword', { alias: 'approval_request_id' }),
  core('approval.reason', 'text', { alias: 'approval_reason' }),
  core('approval.breakGlass', 'boolean', { alias: 'approval_break_glass' }),
  core('approval.chain', 'array', { alias: 'approval_chain' }),
  core('approval.chain.approver', 'array', { alias: 'approver' }),
  core('approval.chain.decision', 'array'),
  core('approval.chain.at', 'array'),
  content('approval.chain.comment', 'array'),
  core('business.department', 'keyword', { alias: 'business_department' }),
  core('business.project', 'keyword', { alias: 'business_project' }),
  core('business.function', 'keyword', { alias: 'business_function' }),
  core('business.customerId', 'keyword', { alias: 'business_customer_id' }),
  core('business.ticket', 'keyword', { alias: 'business_ticket' }),
  core('labels.*', 'keyword', { alias: 'labels.*' }),
  core('raw.format', 'keyword', { alias: 'raw_format' }),
  core('raw.sha256', 'keyword', { alias: 'raw_sha256', lowercase: lower }),
]

const snake = (path: string) => path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const byName = new Map(
  fields.flatMap((entry) =>
    [entry.path.toLowerCase(), snake(entry.path), entry.alias ?? entry.path].map((name) => [name, entry]),
  ),
)
const openEnded = fields
  .filter((entry) => entry.path.endsWith('.*'))
  .flatMap((entry) => [entry.path, entry.alias!].map((name) => ({ prefix: name.slice(0, -1).toLowerCase(), entry })))

/**
 * The field that a query means by `name`: a path or an alias, in any case.
 *
 * `details.a.b` gives a field whose path keeps the case of `a.b`, since those names are the producer's.
 */
export function findField(name: string): Field | undefined {
  const folded = name.toLowerCase()
  const known = byName.get(folded)
  if (known) return known
  for (const { prefix, entry } of openEnded) {
    if (!folded.startsWith(prefix) || folded.length === prefix.length) continue
    return { ...entry, path: entry.path.slice(0, -1) + name.slice(prefix.length) }
  }
  return undefined
}

/** The nearest name a query could have meant; undefined when nothing is near. */
export const suggestField = (name: string): string | undefined =>
  suggestMember(
    name,
    fields
      .flatMap((entry) => [entry.alias, entry.path])
      .filter((known): known is string => known !== undefined && !known.endsWith('*')),
  )
