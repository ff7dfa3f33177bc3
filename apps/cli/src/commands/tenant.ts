import type { Tenant } from '@tidemark/wire'
import type { Command } from 'commander'
import { withAdministration } from '../connection/administration.js'
import { instantIn } from '../search/instant-in-zone.js'
import type { Shell } from '../shell.js'
import { tableLines } from '../terminal/table.js'

type Options = { readonly data?: string; readonly json?: boolean; readonly name?: string }

export function tenantCommand(program: Command, shell: Shell): void {
  const tenant = program.command('tenant').description('list and create tenants (on the machine of the server)')
  tenant
    .command('list')
    .description('all tenants')
    .option('--data <directory>', 'data directory')
    .option('--json', 'as JSON')
    .action(async ({ data, json }: Options) => {
      const tenants = await withAdministration(data, shell, (administration) => administration.tenants())
      if (json) return shell.out.write(`${JSON.stringify({ tenants })}\n`)
      if (tenants.length === 0) return shell.err.write('No tenant yet. Make one: tidemark tenant create acme\n')
      shell.out.write(`${tableLines(columns, tenants, shell.out).join('\n')}\n`)
    })
  tenant
    .command('create')
    .description('create a tenant with its two logs')
    .argument('<tenant>', 'a lower-case letter, then letters, digits and hyphens')
    .option('--name <text>', 'its name for people')
    .option('--data <directory>', 'data directory')
    .option('--json', 'as JSON')
    .action(async (slug: string, { data, json, name }: Options) => {
      const made = await withAdministration(data, shell, (administration) =>
        administration.createTenant(slug, name ?? slug),
      )
      if (json) return shell.out.write(`${JSON.stringify(made)}\n`)
      const where = data === undefined ? '' : ` --data ${data}`
      shell.out.write(
        `Tenant ${made.slug} is there; its log signs as ${made.origin}.\n\nNext\n  tidemark key create --tenant ${made.slug} --scopes write --name first-service${where}\n`,
      )
    })
}

const columns = [
  { header: 'TENANT', value: ({ slug }: Tenant) => slug, keep: 4 },
  { header: 'NAME', value: ({ name }: Tenant) => name, keep: 2, least: 10 },
  { header: 'ORIGIN', value: ({ origin }: Tenant) => origin, keep: 3, least: 16 },
  { header: 'CREATED (UTC)', value: ({ createdAt }: Tenant) => instantIn('UTC', createdAt), keep: 1 },
]
