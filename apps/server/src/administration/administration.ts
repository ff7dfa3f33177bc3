import { type ApiKey, type CreatedApiKey, Scope, type Tenant } from '@tidemark/wire'
import type { Selectable } from 'kysely'
import { createKeyText } from '../access/key-text.js'
import { ServerError } from '../server-error.js'
import type { StateSchema } from '../state/schema.js'
import type { StateStore } from '../state/state-store.js'
import { type Act, type Doer, eventOfAct } from './administrative-act.js'

/** What administration needs from the rest of the server. */
export type AdministrationPorts = {
  readonly db: StateStore
  readonly now: () => Date
  readonly newId: () => string
  /** Origin of a tenant's log, `<host>/t/<tenant>`. */
  readonly originOf: (tenant: string) => string
  /** Creates and opens the tenant's two logs; harmless when they exist. */
  readonly openLogs: (tenant: string) => Promise<void>
  /** Puts an event into the tenant's administration log; resolves when it is durable. Known ids are stored once. */
  readonly record: (tenant: string, event: Record<string, unknown>) => Promise<void>
  readonly onRevoked?: (keyId: string) => void
}

export type NewKey = {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly expiresAt?: string | undefined
}

const slugPattern = /^[a-z][a-z0-9-]{1,62}$/

/**
 * Tenants and keys. Each change and its audit event are written in one transaction of the state store, the event then
 * goes into the tenant's administration log, and only then is the change acknowledged; what a crash left over is
 * recorded at the next start.
 */
export class Administration {
  readonly #ports: AdministrationPorts
  #last: Promise<unknown> = Promise.resolve()

  constructor(ports: AdministrationPorts) {
    this.#ports = ports
  }

  /** Records the acts whose events a crash kept out of the ledger. Call before serving. */
  async recordLeftovers(): Promise<void> {
    const rows = await this.#ports.db.selectFrom('outbox').selectAll().orderBy('id').execute()
    for (const row of rows) await this.#deliver(row.id, row.tenant, JSON.parse(row.event))
  }

  async tenants(): Promise<Tenant[]> {
    const rows = await this.#ports.db.selectFrom('tenants').selectAll().orderBy('slug').execute()
    return rows.map(tenantOf)
  }

  /** Throws `invalid_tenant` or `tenant_exists`. */
  createTenant(slug: string, name: string, doer: Doer): Promise<Tenant> {
    return this.#oneByOne(() => this.#createTenant(slug, name, doer))
  }

  async #createTenant(slug: string, name: string, doer: Doer): Promise<Tenant> {
    if (!slugPattern.test(slug)) {
      throw new ServerError(
        'invalid_tenant',
        `"${slug}" is not a tenant name: a lower-case letter, then letters, digits, hyphens`,
      )
    }
    const { db, now, originOf, openLogs } = this.#ports
    const taken = await db.selectFrom('tenants').select('slug').where('slug', '=', slug).executeTakeFirst()
    if (taken) throw new ServerError('tenant_exists', `Tenant "${slug}" exists already`)
    await openLogs(slug)
    const row = { slug, name, origin: originOf(slug), created_at: now().toISOString() }
    const act = {
      action: 'tenant.create',
      resource: { type: 'tenant', id: slug, name },
      message: `Tenant ${slug} created`,
    }
    await this.#change(slug, act, doer, (transaction) => transaction.insertInto('tenants').values(row).execute())
    return tenantOf(row)
  }

  /** All keys of a tenant, oldest first, revoked ones too. Throws `unknown_tenant`. */
  async keys(tenant: string): Promise<ApiKey[]> {
    await this.#mustExist(tenant)
    const rows = await this.#ports.db
      .selectFrom('api_keys')
      .selectAll()
      .where('tenant', '=', tenant)
      .orderBy('created_at')
      .execute()
    return rows.map(keyOf)
  }

  /** The only time the key text exists. Throws `unknown_tenant`. */
  async createKey(tenant: string, request: NewKey, doer: Doer): Promise<CreatedApiKey> {
    await this.#mustExist(tenant)
    const { id, key, secretHash } = createKeyText()
    const scopes = Scope.options.filter((scope) => request.scopes.includes(scope))
    const row = {
      id,
      tenant,
      name: request.name,
      scopes: scopes.join(' '),
      created_at: this.#ports.now().toISOString(),
      expires_at: request.expiresAt ? new Date(request.expiresAt).toISOString() : null,
      last_used_at: null,
      revoked_at: null,
    }
    const act: Act = {
      action: 'api_key.create',
      resource: { type: 'api_key', id, name: request.name },
      message: `API key "${request.name}" created`,
      details: { scopes, ...(row.expires_at && { expiresAt: row.expires_at }) },
    }
    await this.#change(tenant, act, doer, (transaction) =>
      transaction
        .insertInto('api_keys')
        .values({ ...row, secret_hash: secretHash })
        .execute(),
    )
    return { ...keyOf(row), key }
  }

  /** Revoking a revoked key changes nothing and is not recorded again. Throws `unknown_key`. */
  revokeKey(tenant: string, keyId: string, doer: Doer): Promise<ApiKey> {
    return this.#oneByOne(() => this.#revokeKey(tenant, keyId, doer))
  }

  async #revokeKey(tenant: string, keyId: string, doer: Doer): Promise<ApiKey> {
    const { db, now, onRevoked } = this.#ports
    const row = await db
      .selectFrom('api_keys')
      .selectAll()
      .where('id', '=', keyId)
      .where('tenant', '=', tenant)
      .executeTakeFirst()
    if (!row) throw new ServerError('unknown_key', `Tenant "${tenant}" has no key "${keyId}"`)
    if (row.revoked_at) return keyOf(row)
    const revoked = { ...row, revoked_at: now().toISOString() }
    const act = {
      action: 'api_key.revoke',
      resource: { type: 'api_key', id: keyId, name: row.name },
      message: `API key "${row.name}" revoked`,
    }
    await this.#change(tenant, act, doer, async (transaction) => {
      await transaction
        .updateTable('api_keys')
        .set({ revoked_at: revoked.revoked_at })
        .where('id', '=', keyId)
        .execute()
      onRevoked?.(keyId)
    })
    return keyOf(revoked)
  }

  /** Records an act that changes nothing in the state store; resolves when it is durable. */
  async recordAct(tenant: string, act: Act, doer: Doer): Promise<void> {
    const { record, newId, now } = this.#ports
    await record(tenant, eventOfAct(act, doer, newId(), now()))
  }

  /** Two changes that look before they write must not look at the same time. */
  #oneByOne<T>(change: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(change)
    this.#last = mine.catch(() => undefined)
    return mine
  }

  async #change(
    tenant: string,
    act: Act,
    doer: Doer,
    apply: (transaction: StateStore) => Promise<unknown>,
  ): Promise<void> {
    const event = eventOfAct(act, doer, this.#ports.newId(), this.#ports.now())
    const outboxId = await this.#ports.db.transaction().execute(async (transaction) => {
      await apply(transaction)
      const row = { tenant, event: JSON.stringify(event) }
      return (await transaction.insertInto('outbox').values(row).returning('id').executeTakeFirstOrThrow()).id
    })
    await this.#deliver(outboxId, tenant, event)
  }

  async #deliver(outboxId: number, tenant: string, event: Record<string, unknown>): Promise<void> {
    await this.#ports.record(tenant, event)
    await this.#ports.db.deleteFrom('outbox').where('id', '=', outboxId).execute()
  }

  async #mustExist(tenant: string): Promise<void> {
    const row = await this.#ports.db.selectFrom('tenants').select('slug').where('slug', '=', tenant).executeTakeFirst()
    if (!row) throw new ServerError('unknown_tenant', `There is no tenant "${tenant}"`)
  }
}

const tenantOf = (row: Selectable<StateSchema['tenants']>): Tenant => ({
  slug: row.slug,
  name: row.name,
  origin: row.origin,
  createdAt: row.created_at,
})

const keyOf = (row: Omit<Selectable<StateSchema['api_keys']>, 'secret_hash'>): ApiKey => ({
  id: row.id,
  tenant: row.tenant,
  name: row.name,
  scopes: row.scopes.split(' ') as Scope[],
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  lastUsedAt: row.last_used_at,
  revokedAt: row.revoked_at,
})
