import { z } from 'zod'
import { EventAnswer } from './audit-event.js'
import { TreeSize, whichLog } from './scalars.js'

export const AuditSummaryParameters = z.strictObject({
  from: z.string().max(64).describe('First instant of the period (RFC 3339 or a date)'),
  to: z.string().max(64).describe('End of the period, itself not in it'),
  zone: z.string().max(64).default('UTC'),
  asOf: z.coerce.number().int().min(0).optional(),
  service: z.string().max(128).optional().describe('Only events of this service'),
  log: whichLog,
  lists: z.enum(['all', 'none']).default('all').describe('all: every event of each list is in the answer'),
})

/** A number, and how to get it again: the query, the tree size it was asked at, and the address that lists its events. */
export const Figure = z.object({ value: z.number().int(), query: z.string(), asOf: TreeSize, href: z.string() })

/** The auditor's summary of a period. The lists are complete: each has as many events as its figure says. */
export const AuditSummary = z.object({
  period: z.object({ start: z.string(), end: z.string(), zone: z.string() }),
  asOf: TreeSize,
  origin: z.string(),
  generatedAt: z.string(),
  summary: z.object({
    totalAuthEvents: z.number().int(),
    failedLogins: z.number().int(),
    accessDenied: z.number().int(),
    configChanges: z.number().int(),
  }),
  figures: z.object({ totalAuthEvents: Figure, failedLogins: Figure, accessDenied: Figure, configChanges: Figure }),
  authEvents: z.array(EventAnswer).optional(),
  deniedEvents: z.array(EventAnswer).optional(),
  configChanges: z.array(EventAnswer).optional(),
})

export type Figure = z.infer<typeof Figure>
export type AuditSummary = z.infer<typeof AuditSummary>
