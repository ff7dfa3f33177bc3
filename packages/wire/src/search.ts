import { z } from 'zod'
import { EventAnswer } from './audit-event.js'
import { Instant, TreeSize, whichLog } from './scalars.js'

/** What every question about events may say. */
export const Question = z.strictObject({
  q: z.string().max(8192).default('').describe('Query text; empty asks for everything'),
  from: z.string().max(64).optional().describe('Events at or after this instant (RFC 3339 or a date)'),
  to: z.string().max(64).optional().describe('Events before this instant (RFC 3339 or a date)'),
  zone: z.string().max(64).default('UTC').describe('IANA time zone in which days, months and years are read'),
  asOf: z.coerce.number().int().min(0).optional().describe('Answer as when the log had this many leaves'),
  include: z.enum(['audit', 'logs']).default('audit').describe('logs: application logs (action log.*) too'),
  log: whichLog,
})

export const EventsParameters = Question.extend({
  limit: z.coerce.number().int().min(1).max(1000).default(50).describe('Events on a page'),
  cursor: z.string().max(1024).optional().describe('`cursor` of the page before, with the same question'),
  order: z.enum(['desc', 'asc']).default('desc').describe('By time: newest first, or oldest first'),
})

/** One page. `cursor` is null on the last one; `total` counts every matching event of the tree size `asOf`. */
export const EventsPage = z.object({
  events: z.array(EventAnswer),
  total: z.number().int(),
  cursor: z.string().nullable(),
  asOf: TreeSize,
  treeSize: TreeSize.describe('Leaves in the log now; what is above `asOf` is not in this answer'),
  query: z.string().describe('The question as it was understood'),
})

export const EventParameters = z.strictObject({ log: whichLog })
export const EventPath = z.strictObject({ id: z.string().max(64).describe('Event id, or its leaf index') })

export const StreamParameters = z.strictObject({
  q: z.string().max(8192).default(''),
  zone: z.string().max(64).default('UTC'),
  include: z.enum(['audit', 'logs']).default('audit'),
  log: whichLog,
  since: z.coerce.number().int().min(0).optional().describe('First leaf index to send; default: only what is new'),
})

/** Data of a `problem` event, the last one of a stream that the server ends. */
export const StreamEnd = z.object({
  code: z.enum(['slow_consumer', 'shutting_down', 'internal', 'key_revoked']),
  detail: z.string(),
  at: Instant,
})

export type Question = z.infer<typeof Question>
export type EventsParameters = z.infer<typeof EventsParameters>
export type EventsPage = z.infer<typeof EventsPage>
export type StreamParameters = z.infer<typeof StreamParameters>
