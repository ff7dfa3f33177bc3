import { z } from 'zod'
import { limits } from '../limits.js'
import { approval, business, clock, request, session, source, trace } from './context.js'
import { actor, client, producedClient } from './people.js'
import { freeObject, instant, text } from './text.js'
import { categories, levels, outcomes } from './words.js'

const uuidV7 = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$/

export const resource = z
  .strictObject({
    type: text(64).describe('What kind of thing: `user`, `invoice`, `role`.'),
    id: text(256).describe('`N/A`, `list` and `unknown` are allowed when there is no single one.'),
    name: text(256).optional().describe('What people call it.'),
    owner: text(256).optional().describe('Who answers for it.'),
    classification: text(64).optional().describe('For example `public`, `internal`, `confidential`, `restricted`.'),
  })
  .meta({ id: 'Resource' })

const failureCause = z.strictObject({
  code: text(64).optional().describe('Machine-readable cause of a failure or denial.'),
  message: text(1024).optional().describe('What went wrong, in words.'),
})

const change = z.strictObject({
  previous: freeObject.optional().describe('The state before; absent for something new. At most 32 levels deep.'),
  next: freeObject.optional().describe('The state after; absent for something deleted. At most 32 levels deep.'),
  changedFields: z
    .array(text(limits.changedFieldCharacters))
    .max(limits.changedFields)
    .optional()
    .describe('Default: the members in which the two states differ.'),
})

const facts = {
  specVersion: z.literal('1.0').optional().describe('Version of this format; default `1.0`.'),
  id: z
    .string()
    .regex(uuidV7)
    .meta({ title: 'UUIDv7' })
    .optional()
    .describe('UUIDv7; the idempotency key. Without one, a repeated delivery is a second event.'),
  time: instant
    .optional()
    .describe('When it happened, RFC 3339, at most nanoseconds. Default: the time in `id`, else the server clock.'),
  action: z
    .string()
    .max(128)
    .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+){1,4}$/)
    .describe('Noun before verb: `auth.login`, `role.update`.'),
  category: z.enum(categories).optional().describe('Default from the action catalogue.'),
  level: z.enum(levels).optional().describe('Default from the outcome: denied warn, failure error, success info.'),
  outcome: z.enum(outcomes).describe('`denied` when a rule forbade it, `failure` when it went wrong.'),
  error: failureCause.optional(),
  actor,
  onBehalfOf: z.array(actor).max(5).optional().describe('Impersonation and delegation, effective principal first.'),
  resource,
  targets: z.array(resource).max(20).optional().describe('Further resources of the same act.'),
  source: source.optional(),
  session: session.optional(),
  request: request.optional(),
  trace: trace.optional(),
  clock: clock.optional(),
  message: text(limits.messageBytes)
    .optional()
    .describe('One readable line; default `AUDIT: <action>`; at most 8 KiB.'),
  details: freeObject.optional().describe('Anything else; at most 32 KiB and 8 levels deep.'),
  change: change.optional(),
  approval: approval.optional(),
  business: business.optional(),
  labels: z
    .record(text(64), z.string().max(256))
    .refine((pairs) => Object.keys(pairs).length <= 20)
    .meta({ maxProperties: 20 })
    .optional()
    .describe('Up to 20 short pairs of your own to search by.'),
}

/** What a producer may send: `event.md` without the fields that only the server sets. */
export const producedEvent = z.strictObject({ ...facts, client: producedClient.optional() }).meta({
  title: 'Tidemark audit event, version 1',
  description: 'Who did what, to which resource, when, from where, and how it ended; as a producer sends it.',
})
export type ProducedEvent = z.infer<typeof producedEvent>

const stored = {
  specVersion: z.literal('1.0'),
  id: z.string(),
  time: z.string(),
  category: z.enum(categories),
  level: z.enum(levels),
  actor: actor.required({ type: true }),
  source: source.required({ service: true, origin: true }),
  message: z.string(),
}

/**
 * One thing someone did, normalised, as users see it. Immutable once accepted.
 *
 * Times are UTC, RFC 3339. `time` is the producer's word; `receivedAt` is ours and orders the ledger.
 */
export const auditEvent = z.strictObject({
  tenant: z.string().meta({ readOnly: true }),
  log: z.string().optional().meta({ readOnly: true }).describe('Only when it is not the tenant’s own log.'),
  index: z.int().min(0).meta({ readOnly: true }).describe('Leaf index in the log.'),
  receivedAt: z.string().meta({ readOnly: true }),
  ...facts,
  ...stored,
  client: client.optional(),
  raw: z
    .strictObject({ format: z.string(), sha256: z.string(), payload: z.string().optional() })
    .optional()
    .meta({ readOnly: true })
    .describe('The untouched foreign payload this event was mapped from.'),
})
export type AuditEvent = z.infer<typeof auditEvent>
export type Actor = AuditEvent['actor']
