import type { Doer } from '../administration/administrative-act.js'
import type { EventIndex } from '../follower/event-index.js'
import type { Installation } from '../installation/installation.js'
import type { Call, Handlers } from './call.js'

type AdministrationRoute =
  | 'listTenants'
  | 'createTenant'
  | 'listTenantKeys'
  | 'createTenantKey'
  | 'revokeTenantKey'
  | 'rebuildIndex'
  | 'listKeys'
  | 'createKey'
  | 'revokeKey'

/** Tenants and keys: for the local command line by tenant, for an administrator's key within its own tenant. */
export function administrationHandlers(
  { administration, logs }: Installation,
  index: EventIndex,
): Pick<Handlers, AdministrationRoute> {
  return {
    listTenants: async () => ({ tenants: await administration.tenants() }),
    createTenant: ({ body }) => administration.createTenant(body.slug, body.name ?? body.slug, operator),
    listTenantKeys: async ({ path }) => ({ keys: await administration.keys(path.tenant) }),
    createTenantKey: ({ path, body }) => administration.createKey(path.tenant, body, operator),
    revokeTenantKey: ({ path }) => administration.revokeKey(path.tenant, path.keyId, operator),
    rebuildIndex: async () => {
      await index.rebuild()
      const open = await logs.all()
      return { leaves: open.reduce((sum, { log }) => sum + log.size, 0) }
    },
    listKeys: async ({ holder }) => ({ keys: await administration.keys(holder.tenant) }),
    createKey: (call) => administration.createKey(call.holder.tenant, call.body, doerOf(call)),
    revokeKey: (call) => administration.revokeKey(call.holder.tenant, call.path.keyId, doerOf(call)),
  }
}

const operator: Doer = { kind: 'operator' }
const doerOf = ({ holder, request }: Pick<Call, 'holder' | 'request'>): Doer => ({
  kind: 'key',
  keyId: holder.keyId,
  ip: request.ip,
})
