import { resolve } from 'node:path'
import { initInstallation } from '@tidemark/server'
import { TenantRequest } from '@tidemark/wire'
import type { Command } from 'commander'
import { withAdministration } from '../connection/administration.js'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'
import type { Shell } from '../shell.js'

type Options = { readonly data: string; readonly host: string; readonly tenant?: string; readonly json?: boolean }

export function initCommand(program: Command, shell: Shell): void {
  program
    .command('init')
    .description('make a data directory, with its master key')
    .option('--data <directory>', 'where everything will be kept (or TIDEMARK_DATA)', shell.env.TIDEMARK_DATA ?? 'data')
    .option('--host <name>', 'name the logs are signed under, for ever: audit.example.com', 'tidemark.local')
    .option('--tenant <name>', 'create this tenant too')
    .option('--json', 'the result as JSON')
    .action(async ({ data, host, tenant, json }: Options) => {
      const directory = resolve(shell.cwd, data)
      if (tenant !== undefined) checkTenantName(tenant)
      const identity = await initInstallation(directory, host, shell.env.TIDEMARK_MASTER_KEY === undefined)
      if (tenant !== undefined) {
        await withAdministration(directory, shell, (administration) => administration.createTenant(tenant, tenant))
      }
      if (json) {
        shell.out.write(`${JSON.stringify({ directory, ...identity, tenant: tenant ?? null })}\n`)
        return
      }
      const next = [
        ...(tenant === undefined ? [`tidemark tenant create acme --data ${data}`] : []),
        `tidemark key create --tenant ${tenant ?? 'acme'} --scopes write --name first-service --data ${data}`,
        `tidemark serve --data ${data}`,
      ]
      shell.out.write(`Made ${directory} for ${host}${tenant === undefined ? '' : `, with tenant ${tenant}`}.

Keep a copy of ${directory}/secrets/master.key somewhere else: without it nothing in here can be read.

Next
${next.map((line) => `  ${line}`).join('\n')}
`)
    })
}

/** Before anything is made: a directory cannot be initialised twice. */
function checkTenantName(name: string): void {
  if (TenantRequest.shape.slug.safeParse(name).success) return
  const message = `"${name}" is not a tenant name: a lower-case letter, then letters, digits and hyphens`
  throw new Failure(exitCode.usage, 'invalid_tenant', message, 'tidemark init --tenant acme')
}
