import { readFile } from 'node:fs/promises'
import type { QuarantineEntry } from '@tidemark/wire'
import type { Command } from 'commander'
import { connect } from '../connection/connect.js'
import { type ConnectionOptions, withConnection } from '../connection/connection-options.js'
import { instantIn } from '../search/instant-in-zone.js'
import type { Shell } from '../shell.js'
import { printable } from '../terminal/printable.js'
import { countOf } from '../terminal/quantity.js'
import { tableLines } from '../terminal/table.js'
import { choice, wholeNumber } from './option-values.js'

type Options = ConnectionOptions & {
  readonly json?: boolean
  readonly limit: number
  readonly state: 'held' | 'replayed' | 'discarded' | 'any'
  readonly body?: string
  readonly reason: string
}

const states = ['held', 'replayed', 'discarded', 'any'] as const

export function quarantineCommand(program: Command, shell: Shell): void {
  const quarantine = program
    .command('quarantine')
    .description('events that were refused: list, show, try again, give up')
  withConnection(quarantine.command('list').description('refused events, newest first'))
    .option('-n, --limit <count>', 'how many', wholeNumber(1), 50)
    .option('--state <state>', states.join(', '), choice(states), 'held')
    .option('--json', 'as JSON')
    .action(async (options: Options) => {
      const client = await connect(options, shell)
      const page = await client.call('listQuarantine', { query: { limit: options.limit, state: options.state } })
      if (options.json) return shell.out.write(`${JSON.stringify(page)}\n`)
      if (page.entries.length > 0) shell.out.write(`${tableLines(columns, page.entries, shell.out).join('\n')}\n`)
      shell.err.write(page.total === 0 ? 'Nothing is in quarantine.\n' : `${countOf(page.total, 'event')}\n`)
    })
  withConnection(quarantine.command('show').description('one refused event, with its bytes'))
    .argument('<id>')
    .option('--json', 'as JSON')
    .action(async (quarantineId: string, options: Options) => {
      const client = await connect(options, shell)
      const entry = await client.call('getQuarantined', { path: { quarantineId } })
      if (options.json) return shell.out.write(`${JSON.stringify(entry)}\n`)
      const { code, pointer, reason } = entry.problem
      shell.out.write(
        `${entry.at}  ${code}  ${pointer || '(whole event)'}\n${printable(reason)}\n\n${printable(entry.text ?? `base64: ${entry.base64}`)}\n`,
      )
    })
  withConnection(quarantine.command('replay').description('try a refused event again, as it is or repaired'))
    .argument('<id>')
    .option('--body <file>', 'file with the repaired event')
    .option('--json', 'as JSON')
    .action(async (quarantineId: string, options: Options) => {
      const client = await connect(options, shell)
      const body = options.body === undefined ? {} : { body: await readFile(options.body, 'utf8') }
      const answer = await client.call('replayQuarantined', { path: { quarantineId }, body })
      if (options.json) return shell.out.write(`${JSON.stringify(answer)}\n`)
      shell.out.write(`Stored as leaf ${answer.entry.leafIndex}; the refused bytes stay kept beside it.\n`)
    })
  withConnection(quarantine.command('discard').description('give a refused event up, for a reason that is recorded'))
    .argument('<id>')
    .requiredOption('--reason <text>', 'why')
    .option('--json', 'as JSON')
    .action(async (quarantineId: string, options: Options) => {
      const client = await connect(options, shell)
      const entry = await client.call('discardQuarantined', {
        path: { quarantineId },
        body: { reason: options.reason },
      })
      shell.out.write(options.json ? `${JSON.stringify(entry)}\n` : `Discarded ${entry.id}.\n`)
    })
}

const columns = [
  { header: 'AT (UTC)', value: ({ at }: QuarantineEntry) => instantIn('UTC', at), keep: 5 },
  { header: 'CODE', value: ({ problem }: QuarantineEntry) => problem.code, keep: 8 },
  { header: 'FIELD', value: ({ problem }: QuarantineEntry) => problem.pointer || '(whole event)', keep: 7, least: 10 },
  { header: 'WHY', value: ({ problem }: QuarantineEntry) => problem.reason, keep: 4, least: 20 },
  { header: 'STATE', value: ({ state }: QuarantineEntry) => state, keep: 3 },
  { header: 'ID', value: ({ id }: QuarantineEntry) => id, keep: 9 },
]
