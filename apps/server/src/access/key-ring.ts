import type { Scope } from '@tidemark/wire'
import type { Selectable } from 'kysely'
import type { StateSchema } from '../state/schema.js'
import type { StateStore } from '../state/state-store.js'
import { isSecret, readKeyText } from './key-text.js'

/** A key that was shown and found good. `isLive` turns false the moment it expires or is revoked. */
export type KeyHolder = {
  readonly keyId: string
  readonly tenant: string
  readonly scopes: ReadonlySet<Scope>
  readonly isLive: () => boolean
}

export type KeyVerdict = KeyHolder | 'unauthenticated' | 'key_expired' | 'key_revoked'

type KeyRow = Selectable<StateSchema['api_keys']>
type Entry = { row: KeyRow; holder: KeyHolder; expiresAtMs: number; revoked: boolean; usedAtMs: number }

/**
 * Who holds which key. Looked up once in the state store, then in memory; this process is the only writer, so a key
 * revoked through `forget` is refused from the next request on.
 */
export class KeyRing {
  readonly #db: StateStore
  readonly #now: () => number
  readonly #entries = new Map<string, Entry>()
  /** Revoked by this process: a row that was being read meanwhile may not say so yet. */
  readonly #revoked = new Set<string>()

  constructor(db: StateStore, now: () => number) {
    this.#db = db
    this.#now = now
  }

  /** What a presented key is worth. A revoked or expired key is told so only when its secret is right. */
  async check(text: string): Promise<KeyVerdict> {
    const key = readKeyText(text)
    if (!key) return 'unauthenticated'
    const entry = this.#entries.get(key.id) ?? (await this.#load(key.id))
    if (!entry || !isSecret(key.secret, entry.row.secret_hash)) return 'unauthenticated'
    if (entry.revoked) return 'key_revoked'
    const now = this.#now()
    if (now >= entry.expiresAtMs) return 'key_expired'
    entry.usedAtMs = now
    return entry.holder
  }

  /** Takes a revoked key out of use at once, also for what its holder still has open. */
  revoke(keyId: string): void {
    this.#revoked.add(keyId)
    const entry = this.#entries.get(keyId)
    if (entry) entry.revoked = true
  }

  /** Writes down when keys were last used, to the minute. */
  async saveLastUse(): Promise<void> {
    const used = [...this.#entries.values()].flatMap(({ row, usedAtMs }) => {
      const minute = new Date(Math.floor(usedAtMs / 60_000) * 60_000).toISOString()
      return usedAtMs === 0 || row.last_used_at === minute ? [] : [{ row, minute }]
    })
    if (used.length === 0) return
    await this.#db.transaction().execute(async (transaction) => {
      for (const { row, minute } of used) {
        await transaction.updateTable('api_keys').set({ last_used_at: minute }).where('id', '=', row.id).execute()
        row.last_used_at = minute
      }
    })
  }

  async #load(id: string): Promise<Entry | undefined> {
    const row = await this.#db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) return undefined
    const expiresAtMs = row.expires_at ? Date.parse(row.expires_at) : Number.POSITIVE_INFINITY
    const holder: KeyHolder = {
      keyId: row.id,
      tenant: row.tenant,
      scopes: new Set(row.scopes.split(' ') as Scope[]),
      isLive: () => !entry.revoked && this.#now() < expiresAtMs,
    }
    const entry: Entry = {
      row,
      holder,
      expiresAtMs,
      revoked: row.revoked_at !== null || this.#revoked.has(id),
      usedAtMs: 0,
    }
    const raced = this.#entries.get(id)
    if (raced) return raced
    this.#entries.set(id, entry)
    return entry
  }
}
