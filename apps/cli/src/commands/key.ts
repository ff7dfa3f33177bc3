import type { ApiKey, Scope } from '@tidemark/wire'
import { type Command, InvalidArgumentError } from 'commander'
import { type Administration, withAdministration } from '../connection/administration.js'
import { connect } from '../connection/connect.js'
import { type ConnectionOptions, withConnection } from '../connection/connection-options.js'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'
import { instantIn } from '../search/instant-in-zone.js'
import type { Shell } from '../shell.js'
import { tableLines } from '../terminal/table.js'

type Options = ConnectionOptions & { readonly json?: boolean }
type CreateOptions = Options & { readonly name?: string; readonly scopes: Scope[]; readonly expires?: string }

export function keyCommand(program: Command, shell: Shell): void {
  const key = program.command('key').description('create, list and revoke API keys')
  withConnection(key.command('create').description('create a key; it is shown once'))
    .option('--name <text>', 'what it is for, as it will stand in lists and in the trail')
    .option('--scopes <list>', `comma between: ${scopes.join(', ')}`, readScopes, ['write'] as Scope[])
    .option('--expires <instant>', 'when it ends: 2026-01-01 or 90d')
    .option('--json', 'as JSON')
    .action(async (options: CreateOptions) => {
      const expiresAt = options.expires === undefined ? undefined : expiryOf(options.expires, shell.now())
      const request = {
        name: options.name ?? `${options.scopes.join('+')} key`,
        scopes: options.scopes,
        ...(expiresAt && { expiresAt }),
      }
      const made = await withKeys(options, shell, (keys, tenant) => keys.createKey(tenant, request))
      if (options.json) return shell.out.write(`${JSON.stringify(made)}\n`)
      shell.err.write(
        `Key ${made.id} “${made.name}” of tenant ${made.tenant}, for ${made.scopes.join(', ')}. It is shown only now:\n`,
      )
      shell.out.write(`${made.key}\n`)
    })
  withConnection(key.command('list').description('keys of a tenant, without their secrets'))
    .option('--json', 'as JSON')
    .action(async (options: Options) => {
      const keys = await withKeys(options, shell, (administration, tenant) => administration.keys(tenant))
      if (options.json) return shell.out.write(`${JSON.stringify({ keys })}\n`)
      if (keys.length === 0) return shell.err.write('No key yet. Make one: tidemark key create --scopes write\n')
      shell.out.write(`${tableLines(columns(shell.now()), keys, shell.out).join('\n')}\n`)
    })
  withConnection(key.command('revoke').description('take a key back; it stops working within a second'))
    .argument('<key-id>', 'as `tidemark key list` shows it')
    .option('--json', 'as JSON')
    .action(async (id: string, options: Options) => {
      const keyId = id.startsWith('tm_') ? (id.split('_')[1] as string) : id
      const revoked = await withKeys(options, shell, (keys, tenant) => keys.revokeKey(tenant, keyId))
      shell.out.write(
        options.json ? `${JSON.stringify(revoked)}\n` : `Key ${revoked.id} “${revoked.name}” is revoked.\n`,
      )
    })
}

const scopes = ['write', 'read', 'verify', 'admin'] as const

/** With `--url` a key of scope admin administers its own tenant; otherwise the owner of the data directory does. */
async function withKeys<Answer>(
  options: Options,
  shell: Shell,
  ask: (keys: Pick<Administration, 'keys' | 'createKey' | 'revokeKey'>, tenant: string) => Promise<Answer>,
): Promise<Answer> {
  const remote =
    options.url !== undefined ||
    (options.data === undefined && shell.env.TIDEMARK_URL !== undefined && options.tenant === undefined)
  if (remote) {
    const client = await connect(options, shell)
    const keys = {
      keys: async () => (await client.call('listKeys')).keys,
      createKey: (_tenant: string, body: Parameters<Administration['createKey']>[1]) =>
        client.call('createKey', { body }),
      revokeKey: (_tenant: string, keyId: string) => client.call('revokeKey', { path: { keyId } }),
    }
    return ask(keys, '')
  }
  return withAdministration(options.data, shell, async (administration) =>
    ask(administration, options.tenant ?? (await onlyOne(administration))),
  )
}

async function onlyOne(administration: Administration): Promise<string> {
  const [first, ...others] = await administration.tenants()
  if (first && others.length === 0) return first.slug
  const help = first ? `add --tenant ${first.slug}` : 'tidemark tenant create acme'
  throw new Failure(
    exitCode.usage,
    'tenant_needed',
    first ? 'Which tenant? There are several.' : 'There is no tenant yet.',
    help,
  )
}

function readScopes(text: string): Scope[] {
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !scopes.some((scope) => scope === name))
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is none of ${scopes.join(', ')}.`)
  return names as Scope[]
}

/** An instant, a day, or a number of days from now. */
function expiryOf(text: string, now: Date): string {
  const days = /^(\d+)d$/.exec(text)?.[1]
  const ms = days === undefined ? Date.parse(text) : now.getTime() + Number(days) * 86_400_000
  if (Number.isNaN(ms))
    throw new Failure(exitCode.usage, 'invalid_instant', `"${text}" is not a time`, 'write 2026-01-01 or 90d')
  return new Date(ms).toISOString()
}

const columns = (now: Date) => [
  { header: 'KEY', value: ({ id }: ApiKey) => id, keep: 6 },
  { header: 'NAME', value: ({ name }: ApiKey) => name, keep: 5, least: 12 },
  { header: 'SCOPES', value: ({ scopes }: ApiKey) => scopes.join(','), keep: 4 },
  {
    header: 'STATE',
    value: (key: ApiKey) => stateOf(key, now),
    keep: 3,
    style: (key: ApiKey) => (stateOf(key, now) === 'valid' ? 'green' : 'yellow') as 'green' | 'yellow',
  },
  {
    header: 'LAST USED (UTC)',
    value: ({ lastUsedAt }: ApiKey) => (lastUsedAt ? instantIn('UTC', lastUsedAt) : 'never'),
    keep: 2,
  },
  { header: 'CREATED (UTC)', value: ({ createdAt }: ApiKey) => instantIn('UTC', createdAt), keep: 1 },
]

function stateOf({ revokedAt, expiresAt }: ApiKey, now: Date): string {
  if (revokedAt) return 'revoked'
  if (!expiresAt) return 'valid'
  return Date.parse(expiresAt) < now.getTime() ? 'expired' : `until ${expiresAt.slice(0, 10)}`
}
