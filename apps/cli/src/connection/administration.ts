import { loadConfig, openInstallation } from '@tidemark/server'
import {
  type ApiKey,
  type ApiKeyRequest,
  ApiProblem,
  type CreatedApiKey,
  type Tenant,
  type TidemarkClient,
} from '@tidemark/wire'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'
import type { Shell } from '../shell.js'
import { requireDataDirectory } from './data-directory.js'
import { operatorOf } from './operator.js'

/** What the owner of a data directory may do to its tenants and keys. */
export type Administration = {
  tenants(): Promise<Tenant[]>
  createTenant(slug: string, name: string): Promise<Tenant>
  keys(tenant: string): Promise<ApiKey[]>
  createKey(tenant: string, request: ApiKeyRequest): Promise<CreatedApiKey>
  revokeKey(tenant: string, keyId: string): Promise<ApiKey>
}

/** Asks the server that runs on the data directory, or opens the directory itself when none does. */
export async function withAdministration<Answer>(
  data: string | undefined,
  shell: Shell,
  ask: (administration: Administration) => Promise<Answer>,
): Promise<Answer> {
  const directory = requireDataDirectory(data, shell)
  const operator = await operatorOf(directory)
  if (operator) return ask(throughServer(operator))
  const installation = await openInstallation(loadConfig({ dataDir: directory }))
  try {
    const { administration } = installation
    const doer = { kind: 'operator' } as const
    return await ask({
      tenants: () => administration.tenants(),
      createTenant: (slug, name) => administration.createTenant(slug, name, doer),
      keys: (tenant) => administration.keys(tenant),
      createKey: (tenant, request) => administration.createKey(tenant, request, doer),
      revokeKey: (tenant, keyId) => administration.revokeKey(tenant, keyId, doer),
    })
  } finally {
    await installation.close()
  }
}

const throughServer = (operator: TidemarkClient): Administration => ({
  tenants: async () => (await operator.call('listTenants')).tenants,
  createTenant: (slug, name) => operator.call('createTenant', { body: { slug, name } }),
  keys: async (tenant) => (await known(operator.call('listTenantKeys', { path: { tenant } }), 'unknown_tenant')).keys,
  createKey: (tenant, body) => known(operator.call('createTenantKey', { path: { tenant }, body }), 'unknown_tenant'),
  revokeKey: (tenant, keyId) => known(operator.call('revokeTenantKey', { path: { tenant, keyId } }), 'unknown_key'),
})

/** The server only says that something is not there; here it is known what. */
async function known<Answer>(answer: Promise<Answer>, code: 'unknown_tenant' | 'unknown_key'): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'not_found') throw error
    const help = code === 'unknown_key' ? 'tidemark key list' : 'tidemark tenant list'
    throw new Failure(exitCode.failed, code, error.message, help, { cause: error })
  }
}
