import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { AuditSummary, type EventAnswer } from '@tidemark/wire'
import type { Command } from 'commander'
import { connect } from '../connection/connect.js'
import { type ConnectionOptions, withConnection } from '../connection/connection-options.js'
import { summaryMarkdown } from '../report/summary-markdown.js'
import { summaryTable } from '../report/summary-table.js'
import { csvColumns, csvLines, csvOfEvents } from '../search/csv.js'
import type { Shell } from '../shell.js'
import { choice } from './option-values.js'

const formats = ['table', 'json', 'csv', 'markdown'] as const
const lists = ['authEvents', 'deniedEvents', 'configChanges'] as const

type Options = ConnectionOptions & {
  readonly from?: string
  readonly to?: string
  readonly zone: string
  readonly service?: string
  readonly format?: (typeof formats)[number]
  readonly events?: (typeof lists)[number]
  readonly out?: string
  readonly json?: boolean
}

export function reportCommand(program: Command, shell: Shell): void {
  const report = program.command('report').description('reports for auditors')
  const command = report
    .command('audit-summary')
    .description('sign-ins, failed sign-ins, denials and configuration changes of a period, each with its query')
    .option('--from <time>', 'first day or instant of the period; default: 90 days before its end')
    .option('--to <time>', 'end of the period, itself not in it; default: now')
    .option('--zone <name>', 'time zone in which days are read', 'UTC')
    .option('--service <name>', 'only events of this service')
    .option('-f, --format <format>', `${formats.join(', ')}; default: table`, choice(formats))
    .option('--events <list>', `with csv: the events behind a figure (${lists.join(', ')})`, choice(lists))
    .option('-o, --out <file>', 'write to this file')
    .option('--json', 'the same as --format json')
  withConnection(command).action(async (options: Options) => {
    const client = await connect(options, shell)
    const format = options.format ?? (options.json ? 'json' : options.events ? 'csv' : 'table')
    const to = options.to ?? shell.now().toISOString()
    const from = options.from ?? new Date(Date.parse(to) - 90 * 86_400_000).toISOString()
    const withLists = format === 'json' || format === 'markdown' || options.events !== undefined
    const { zone, service } = options
    const answer = await client.call('auditSummary', {
      query: { from, to, zone, service, lists: withLists ? 'all' : 'none' },
      signal: shell.signal,
    })
    const text = textOf(AuditSummary.parse(answer), format, options, shell)
    if (options.out === undefined) return shell.out.write(text)
    await writeFile(resolve(shell.cwd, options.out), text)
    shell.err.write(`Wrote ${options.out}\n`)
  })
}

function textOf(summary: AuditSummary, format: (typeof formats)[number], { events }: Options, shell: Shell): string {
  if (format === 'json') return `${JSON.stringify(summary, null, 2)}\n`
  if (format === 'markdown') return summaryMarkdown(summary)
  if (format === 'table') return summaryTable(summary, shell.out)
  if (events) return csvLines([csvColumns]) + csvOfEvents(csvColumns, (summary[events] ?? []) as EventAnswer[])
  const rows = Object.entries(summary.figures).map(([name, { value, query, asOf }]) => [
    name,
    String(value),
    query,
    String(asOf),
  ])
  return csvLines([['figure', 'value', 'query', 'tree_size'], ...rows])
}
