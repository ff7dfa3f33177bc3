import { z } from 'zod'
import { Instant, LeafIndex } from './scalars.js'

/**
 * An audit event as answers carry it: what the producer sent, normalised, and its place in the ledger.
 *
 * Only the members every event has are named; the rest is described by the event's own JSON Schema.
 */
export const EventAnswer = z.looseObject({
  specVersion: z.literal('1.0'),
  id: z.uuid(),
  time: z.string(),
  receivedAt: Instant,
  tenant: z.string(),
  index: LeafIndex,
  action: z.string(),
  category: z.string(),
  level: z.enum(['debug', 'info', 'warn', 'error', 'critical']),
  outcome: z.enum(['success', 'failure', 'denied']),
  actor: z.looseObject({ id: z.string(), type: z.string().optional(), role: z.string().optional() }),
  resource: z.looseObject({ type: z.string(), id: z.string() }),
  source: z.looseObject({ service: z.string() }),
})
export type EventAnswer = z.infer<typeof EventAnswer>
