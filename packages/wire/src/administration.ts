import { z } from 'zod'
import { Instant, Scope, TenantSlug } from './scalars.js'

export const Tenant = z.object({ slug: TenantSlug, name: z.string(), origin: z.string(), createdAt: Instant })
export const TenantList = z.object({ tenants: z.array(Tenant) })
export const TenantRequest = z.strictObject({ slug: TenantSlug, name: z.string().min(1).max(200).optional() })
export const TenantPath = z.strictObject({ tenant: TenantSlug })

/** A key without its secret, which nobody can be told a second time. */
export const ApiKey = z.object({
  id: z.string(),
  tenant: TenantSlug,
  name: z.string(),
  scopes: z.array(Scope),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable().describe('To the minute'),
  revokedAt: Instant.nullable(),
})
export const ApiKeyList = z.object({ keys: z.array(ApiKey) })
export const ApiKeyRequest = z.strictObject({
  name: z.string().min(1).max(200),
  scopes: z.array(Scope).min(1).max(4),
  expiresAt: Instant.optional(),
})
export const CreatedApiKey = ApiKey.extend({ key: z.string().describe('tm_<id>_<secret>; shown once') })
export const ApiKeyPath = z.strictObject({ keyId: z.string().max(64) })
export const TenantKeyPath = TenantPath.extend({ keyId: z.string().max(64) })

export type Tenant = z.infer<typeof Tenant>
export type ApiKey = z.infer<typeof ApiKey>
export type ApiKeyRequest = z.infer<typeof ApiKeyRequest>
export type CreatedApiKey = z.infer<typeof CreatedApiKey>
