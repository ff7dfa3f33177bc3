import type { ColumnType, Generated } from 'kysely'

/** Tables of the state store. Times are RFC 3339 UTC text. */
export type StateSchema = {
  tenants: { slug: string; name: string; origin: string; created_at: string }
  api_keys: {
    id: string
    tenant: string
    name: string
    /** Scopes with a blank between, in the order of the wire. */
    scopes: string
    /** SHA-256 of the secret; the secret itself is nowhere. */
    secret_hash: ColumnType<Uint8Array, Buffer, never>
    created_at: string
    expires_at: string | null
    last_used_at: string | null
    revoked_at: string | null
  }
  /** Acts that happened and whose audit event may not be in the ledger yet; emptied before they are acknowledged. */
  outbox: { id: Generated<number>; tenant: string; event: string }
}
