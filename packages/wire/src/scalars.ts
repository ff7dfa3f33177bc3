import { z } from 'zod'

/** A tenant's name in addresses and origins. */
export const TenantSlug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,62}$/, 'a lower-case letter, then letters, digits and hyphens, 2 to 63 in all')

/** A position in a log: 0 is the genesis entry. */
export const LeafIndex = z.number().int().min(0)

/** How many leaves a log has. Leaf index 0 is the leaf of tree size 1. */
export const TreeSize = z.number().int().min(0)

/** 32 bytes of SHA-256, standard base64 as in a checkpoint. */
export const HashText = z.string().regex(/^[A-Za-z0-9+/]{43}=$/, '32 bytes in base64')

/** An instant: RFC 3339, UTC. */
export const Instant = z.iso.datetime({ offset: true })

/** What a key may do. No scope includes another. */
export const Scope = z.enum(['write', 'read', 'verify', 'admin'])
export type Scope = z.infer<typeof Scope>

/** Which of a tenant's two logs a read asks: its own events, or what was done to Tidemark itself on its behalf. */
export const LogName = z.enum(['main', '_audit'])

/** The parameter that chooses between the two. */
export const whichLog = LogName.default('main').describe('`_audit`: the administration log')
