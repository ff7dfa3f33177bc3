import { z } from 'zod'
import { EventRefusal } from './event-refusal.js'
import { HashText, LeafIndex, TreeSize } from './scalars.js'

/** How much each result says about an event that is in the ledger. */
export const IngestParameters = z.strictObject({
  receipts: z
    .enum(['none', 'compact', 'full'])
    .default('full')
    .describe('none: only what was not stored is listed. compact: id and leaf index. full: the receipt too'),
  format: z
    .enum(['tidemark', 'cloudtrail', 'mapped'])
    .default('tidemark')
    .describe(
      'What the elements are. tidemark: audit events. cloudtrail: AWS CloudTrail records, mapped here. ' +
        'mapped: `{"event":{…},"raw":{"format":…,"payload":…}}`, mapped by the sender from the payload, which is kept and hashed',
    ),
  service: z.string().min(1).max(128).optional().describe('source.service of events that name none; default "audit"'),
})

/**
 * What a producer can keep to ask for a proof later: this leaf is in the log of this origin at this position.
 * `leafHash` is SHA-256(0x00 ‖ entry), RFC 6962.
 */
export const Receipt = z.object({
  origin: z.string(),
  leafIndex: LeafIndex,
  leafHash: HashText,
  receivedAt: z.number().int(),
})

/** What became of one event; `index` is its place in the request, from 0. */
export const IngestResult = z.object({
  index: z.number().int().min(0),
  status: z.enum(['stored', 'duplicate', 'conflict', 'quarantined']),
  id: z.string().optional(),
  leafIndex: LeafIndex.optional(),
  receipt: Receipt.optional(),
  problem: EventRefusal.optional(),
  quarantineId: z.string().optional(),
})

/** The answer to a batch: everything counted here survives a power cut. */
export const IngestAnswer = z.object({
  stored: z.number().int(),
  duplicates: z.number().int(),
  conflicts: z.number().int(),
  quarantined: z.number().int(),
  treeSize: TreeSize.describe('Size of the log after this batch'),
  results: z.array(IngestResult),
})

export type IngestParameters = z.infer<typeof IngestParameters>
export type Receipt = z.infer<typeof Receipt>
export type IngestResult = z.infer<typeof IngestResult>
export type IngestAnswer = z.infer<typeof IngestAnswer>
