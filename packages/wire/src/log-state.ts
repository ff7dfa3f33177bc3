import { z } from 'zod'
import { HashText, Instant, LogName, TreeSize, whichLog } from './scalars.js'

export const LogParameters = z.strictObject({ log: whichLog })

/** Where a log stands: how much is durable, signed and searchable. */
export const LogState = z.object({
  tenant: z.string(),
  log: LogName,
  origin: z.string(),
  verifierKey: z.string(),
  treeSize: TreeSize.describe('Durable leaves'),
  checkpoint: z
    .object({ size: TreeSize, root: HashText, signedAt: Instant, note: z.string() })
    .nullable()
    .describe('The newest signed one'),
  indexed: TreeSize.describe('Leaves the index has loaded'),
  indexLag: z.number().int().describe('treeSize − indexed'),
  quarantined: z.number().int().describe('Refused events still held'),
})
export type LogState = z.infer<typeof LogState>

/** Is the process up, and can it take events and answer questions. */
export const Readiness = z.object({
  ready: z.boolean(),
  intake: z.enum(['ok', 'refusing']),
  index: z.enum(['ok', 'behind', 'down', 'off']),
  indexLag: z.number().int(),
})
