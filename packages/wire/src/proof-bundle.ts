import { z } from 'zod'
import { LeafIndex, TreeSize, whichLog } from './scalars.js'

export const ProofParameters = z.strictObject({
  log: whichLog,
  disclose: z
    .string()
    .max(64)
    .optional()
    .describe('Parts to open, comma between: core, personal, content. Needs scope read; default: all the key may read'),
})

/** One part of an event: opened (`salt` and `bytes`, base64url) or only its digest. SHA-256(salt ‖ bytes) = digest. */
export const DisclosedPart = z.union([
  z.object({ salt: z.string(), text: z.string().describe('RFC 8785 text; empty when the event has no such part') }),
  z.object({ digest: z.string() }),
])

/**
 * All a verifier needs to check one event offline: the log entry, the parts it commits to, the way from the leaf to
 * the root, and the signed checkpoint of that root.
 */
export const ProofBundle = z.object({
  v: z.literal(1),
  origin: z.string(),
  leafIndex: LeafIndex,
  treeSize: TreeSize,
  entry: z.string().describe('The leaf, RFC 8785 text; leaf hash = SHA-256(0x00 ‖ entry)'),
  parts: z.object({ core: DisclosedPart, personal: DisclosedPart, content: DisclosedPart }),
  proof: z.array(z.string()).describe('Siblings in base64, nearest the leaf first'),
  checkpoint: z.string().describe('Signed note, C2SP tlog-checkpoint'),
  verifierKey: z.string().describe('Key of the note, <name>+<hash>+<key>; compare it with one you got another way'),
})
export type ProofBundle = z.infer<typeof ProofBundle>
