import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { TidemarkClient } from '@tidemark/wire'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'

/** The name of the key in lists of keys and in the administration log. */
const KEY_NAME = 'tidemark command on this machine'

/**
 * The key of the command itself for a tenant. It is made once through the operator's channel, which only the owner of
 * the data directory can use, and kept beside the other secrets; a revoked one is replaced.
 */
export async function localKey(directory: string, operator: TidemarkClient, named?: string): Promise<string> {
  const tenant = named ?? (await onlyTenant(operator))
  const path = join(directory, 'secrets', 'command-line.json')
  const keys = await readKeys(path)
  const kept = keys[tenant]
  if (kept !== undefined && (await isValid(kept, tenant, operator))) return kept
  const { key } = await operator.call('createTenantKey', {
    path: { tenant },
    body: { name: KEY_NAME, scopes: ['write', 'read', 'verify', 'admin'] },
  })
  await writeKeys(path, { ...keys, [tenant]: key })
  return key
}

/** The tenant of an installation that has one only. Throws a `Failure` otherwise. */
export async function onlyTenant(operator: TidemarkClient): Promise<string> {
  const { tenants } = await operator.call('listTenants')
  const [first, ...others] = tenants
  if (!first) {
    throw new Failure(
      exitCode.failed,
      'no_tenant',
      'This installation has no tenant yet',
      'tidemark tenant create <name>',
    )
  }
  if (others.length === 0) return first.slug
  const names = tenants.map((tenant) => tenant.slug).join(', ')
  throw new Failure(exitCode.usage, 'tenant_needed', `Which tenant? There are ${names}.`, `add --tenant ${first.slug}`)
}

async function isValid(key: string, tenant: string, operator: TidemarkClient): Promise<boolean> {
  const { keys } = await operator.call('listTenantKeys', { path: { tenant } })
  return keys.some((known) => known.id === key.split('_')[1] && known.revokedAt === null)
}

async function readKeys(path: string): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return {}
  }
}

async function writeKeys(path: string, keys: Record<string, string>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(`${path}.new`, `${JSON.stringify(keys)}\n`, { mode: 0o600 })
  await rename(`${path}.new`, path)
}
