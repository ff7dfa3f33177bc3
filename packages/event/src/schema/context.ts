import { z } from 'zod'
import { instant, text } from './text.js'
import { origins } from './words.js'

export const source = z.strictObject({
  service: text(128).optional().describe('The application or system that made the entry; default `audit`.'),
  environment: text(64).optional().describe('For example `production`.'),
  version: text(128).optional().describe('Version of the service.'),
  host: text(255).optional().describe('The machine it ran on.'),
  instance: text(255).optional().describe('One running copy of the service; numbers its own `sequence`.'),
  sequence: z.int().min(0).optional().describe('Counts up by one per event of this instance, so that gaps show.'),
  origin: z.enum(origins).optional().describe('How the event came in.'),
})

export const session = z.strictObject({ id: text(256).describe('Ties together what happened in one session.') })
export const request = z.strictObject({ id: text(256).describe('Ties together what one request caused.') })

/** Source: W3C Trace Context. */
export const trace = z.strictObject({
  traceId: z
    .string()
    .regex(/^[0-9a-fA-F]{32}$/)
    .meta({ title: '32 hex digits' })
    .describe('W3C trace id, 32 hexadecimal digits.'),
  spanId: z
    .string()
    .regex(/^[0-9a-fA-F]{16}$/)
    .meta({ title: '16 hex digits' })
    .optional()
    .describe('W3C span id, 16 hexadecimal digits.'),
})

/** How far the producer's clock could be trusted. */
export const clock = z.strictObject({
  synced: z.boolean().optional().describe('Whether the clock was synchronised.'),
  source: text(64).optional().describe('For example `ntp`, `ptp`, `chrony`.'),
  offsetMs: z.number().optional().describe('Producer clock minus reference, in milliseconds.'),
})

export const decision = z.strictObject({
  approver: text(256).describe('Actor id; never the one who asked.'),
  decision: text(64).describe('For example `approved`, `rejected`, `escalated`.'),
  at: instant.optional().describe('When, RFC 3339.'),
  comment: text(1024).optional().describe('What they said about it.'),
})

export const approval = z.strictObject({
  required: z.boolean().optional().describe('Whether the act needed one.'),
  status: text(64).optional().describe('For example `pending`, `approved`, `rejected`.'),
  requestId: text(256).optional().describe('The request it answers.'),
  reason: text(1024).optional().describe('Why it was asked for.'),
  breakGlass: z.boolean().optional().describe('Emergency access that skipped the approval.'),
  chain: z.array(decision).max(20).optional().describe('Oldest decision first.'),
})

export const business = z.strictObject({
  department: text(256).optional().describe('The department it was done for.'),
  project: text(256).optional().describe('The project it was done for.'),
  function: text(256).optional().describe('The business function, such as `billing`.'),
  customerId: text(256).optional().describe('The customer it was about.'),
  ticket: text(256).optional().describe('The ticket or change it belongs to.'),
})
