import { z } from 'zod'
import { instant, text } from './text.js'

export const origins = ['sdk', 'http', 'otlp', 'syslog', 'collector', 'import'] as const

export const source = z.strictObject({
  service: text(128).optional().describe('The application or system that made the entry; default `audit`.'),
  environment: text(64).optional(),
  version: text(128).optional(),
  host: text(255).optional(),
  instance: text(255).optional().describe('One running copy of the service; numbers its own `sequence`.'),
  sequence: z.int().min(0).optional().describe('Counts up by one per event of this instance, so that gaps show.'),
  origin: z.enum(origins).optional().describe('How the event came in.'),
})

export const session = z.strictObject({ id: text(256) })
export const request = z.strictObject({ id: text(256) })

/** Source: W3C Trace Context. */
export const trace = z.strictObject({
  traceId: z.string().regex(/^[0-9a-fA-F]{32}$/),
  spanId: z
    .string()
    .regex(/^[0-9a-fA-F]{16}$/)
    .optional(),
})

/** How far the producer's clock could be trusted. */
export const clock = z.strictObject({
  synced: z.boolean().optional(),
  source: text(64).optional().describe('For example `ntp`, `ptp`, `chrony`.'),
  offsetMs: z.number().optional().describe('Producer clock minus reference, in milliseconds.'),
})

export const decision = z.strictObject({
  approver: text(256).describe('Actor id; never the one who asked.'),
  decision: text(64).describe('For example `approved`, `rejected`, `escalated`.'),
  at: instant.optional(),
  comment: text(1024).optional(),
})

export const approval = z.strictObject({
  required: z.boolean().optional(),
  status: text(64).optional(),
  requestId: text(256).optional(),
  reason: text(1024).optional(),
  breakGlass: z.boolean().optional().describe('Emergency access that skipped the approval.'),
  chain: z.array(decision).max(20).optional().describe('Oldest decision first.'),
})

export const business = z.strictObject({
  department: text(256).optional(),
  project: text(256).optional(),
  function: text(256).optional(),
  customerId: text(256).optional(),
  ticket: text(256).optional(),
})
