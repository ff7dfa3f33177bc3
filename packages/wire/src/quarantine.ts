import { z } from 'zod'
import { EventRefusal } from './event-refusal.js'
import { IngestResult } from './ingest.js'
import { Instant } from './scalars.js'

/** One refused event: why, and where it came from. Its bytes are kept untouched. */
export const QuarantineEntry = z.object({
  id: z.string(),
  at: Instant,
  problem: EventRefusal,
  keyId: z.string(),
  origin: z.string().describe('How it came: http, sdk, otlp, syslog, collector, import'),
  bytes: z.number().int().describe('Length of the refused bytes'),
  state: z.enum(['held', 'replayed', 'discarded']),
  leafIndex: z.number().int().optional().describe('Where it went when it was replayed'),
})

export const QuarantineParameters = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(256).optional(),
  state: z.enum(['held', 'replayed', 'discarded', 'any']).default('held'),
})

/** Newest first. */
export const QuarantinePage = z.object({
  entries: z.array(QuarantineEntry),
  total: z.number().int(),
  cursor: z.string().nullable(),
})
export const QuarantinePath = z.strictObject({ quarantineId: z.string().max(64) })

/** With the refused bytes: as text when they are UTF-8, in base64 always. */
export const QuarantineDetail = QuarantineEntry.extend({ text: z.string().optional(), base64: z.string() })

/** `body` replaces the refused bytes: the repaired event as JSON text. Left out: the same bytes are tried again. */
export const ReplayRequest = z.strictObject({ body: z.string().max(1_048_576).optional() })
export const ReplayAnswer = z.object({ entry: QuarantineEntry, result: IngestResult })
export const DiscardRequest = z.strictObject({ reason: z.string().min(3).max(1024) })

export type QuarantineEntry = z.infer<typeof QuarantineEntry>
export type QuarantinePage = z.infer<typeof QuarantinePage>
export type QuarantineDetail = z.infer<typeof QuarantineDetail>
export type ReplayAnswer = z.infer<typeof ReplayAnswer>
