import { TidemarkClient } from '@tidemark/wire'
import type { Command } from 'commander'
import { type ConnectionOptions, withConnection } from '../connection/connection-options.js'
import { findDataDirectory } from '../connection/data-directory.js'
import { operatorOf } from '../connection/operator.js'
import { type Check, type Diagnosis, fail, warn } from '../doctor/check.js'
import { directoryChecks } from '../doctor/directory-checks.js'
import { machineChecks, nodeVersion } from '../doctor/machine-checks.js'
import { serverChecks } from '../doctor/server-checks.js'
import { exitCode } from '../exit-code.js'
import type { Shell } from '../shell.js'
import { paintFor } from '../terminal/paint.js'
import { printable } from '../terminal/printable.js'

type Options = ConnectionOptions & { readonly json?: boolean }
type Answer = Diagnosis & { readonly check: string }

export function doctorCommand(program: Command, shell: Shell): void {
  const command = program
    .command('doctor')
    .description('look for what is wrong or soon will be, and say what to do')
    .option('--json', 'as JSON')
  withConnection(command).action(async (options: Options) => {
    const answers: Answer[] = []
    for (const check of await checksFor(options, shell)) {
      const answer = { check: check.name, ...(await look(check)) }
      answers.push(answer)
      if (!options.json) shell.out.write(line(answer, shell))
    }
    const failed = answers.filter(({ status }) => status === 'fail').length
    const warned = answers.filter(({ status }) => status === 'warn').length
    if (options.json) shell.out.write(`${JSON.stringify({ healthy: failed === 0, checks: answers })}\n`)
    else shell.out.write(`\n${closing(failed, warned)}\n`)
    shell.status.code = failed > 0 ? exitCode.failed : exitCode.ok
  })
}

async function checksFor(options: Options, shell: Shell): Promise<Check[]> {
  const url = options.url ?? (options.data === undefined ? shell.env.TIDEMARK_URL : undefined)
  const directory = options.url === undefined ? findDataDirectory(options.data, shell) : undefined
  if (directory === undefined) {
    const node = { name: 'node', look: async () => nodeVersion(process.versions.node) }
    if (url !== undefined) return [node, ...(await serverChecks(new TidemarkClient({ url })))]
    const none = warn('there is none in this folder', 'tidemark init   (or point to one with --data)')
    return [node, { name: 'data directory', look: async () => none }]
  }
  const operator = await operatorOf(directory)
  const port = Number(shell.env.TIDEMARK_PORT ?? 7400)
  const facts = {
    directory,
    headDir: shell.env.TIDEMARK_HEAD_DIR ?? `${directory}-head`,
    masterKey: shell.env.TIDEMARK_MASTER_KEY,
    serverRuns: operator !== undefined,
    now: shell.now(),
  }
  return [
    ...machineChecks(directory, port, facts.serverRuns, facts.now),
    ...directoryChecks(facts),
    ...(await serverChecks(operator, directory)),
  ]
}

async function look({ look }: Check): Promise<Diagnosis> {
  try {
    return await look()
  } catch (error) {
    return fail((error as Error).message, 'see the message')
  }
}

function line({ check, finding, remedy, status }: Answer, shell: Shell): string {
  const paint = paintFor(shell.out)
  const style = { ok: 'green', warn: 'yellow', fail: 'red', skip: 'dim' } as const
  const name = status === 'skip' ? '–' : status
  const text = `${paint(style[status], name.padEnd(4))}  ${check.padEnd(15)} ${printable(finding)}\n`
  return remedy === undefined ? text : `${text}${' '.repeat(22)}${paint('dim', `→ ${printable(remedy)}`)}\n`
}

function closing(failed: number, warned: number): string {
  if (failed > 0) return `${failed} to mend${warned > 0 ? `, ${warned} to look at` : ''}.`
  return warned > 0 ? `Nothing is broken; ${warned} to look at.` : 'All is well.'
}
