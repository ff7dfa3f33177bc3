import { parseQuery } from '@tidemark/query'
import { ApiProblem, type EventAnswer, type EventsPage, type TidemarkClient } from '@tidemark/wire'
import type { Command } from 'commander'
import { connect } from '../connection/connect.js'
import { type ConnectionOptions, withConnection } from '../connection/connection-options.js'
import { exitCode } from '../exit-code.js'
import { Failure, failureOf } from '../failure.js'
import { csvColumns, csvLines, csvOfEvents } from '../search/csv.js'
import { cellText, chosenColumns, eventColumns } from '../search/event-columns.js'
import { queryProblemLines } from '../search/query-problem.js'
import { waitForIndex } from '../search/wait-for-index.js'
import type { Shell } from '../shell.js'
import { countOf, countText } from '../terminal/quantity.js'
import { tableLines } from '../terminal/table.js'
import { choice, wholeNumber } from './option-values.js'

type Options = ConnectionOptions & {
  readonly from?: string
  readonly to?: string
  readonly zone: string
  readonly limit: number
  readonly all?: boolean
  readonly order: 'asc' | 'desc'
  readonly asOf?: number
  readonly cursor?: string
  readonly log: 'main' | '_audit'
  readonly includeLogs?: boolean
  readonly format?: Format
  readonly json?: boolean
  readonly columns?: string
  readonly header: boolean
  readonly quiet?: boolean
}

const formats = ['table', 'json', 'ndjson', 'csv'] as const
type Format = (typeof formats)[number]

export function searchCommand(program: Command, shell: Shell): void {
  const command = program
    .command('search')
    .description('find events, or count them when the query ends in a pipe')
    .argument('[query...]', "for example 'outcome:denied AND time:>7d'; nothing finds everything")
    .option('--from <time>', 'events at or after this instant or day')
    .option('--to <time>', 'events before this instant or day')
    .option('--zone <name>', 'time zone in which days are read and times are shown', 'UTC')
    .option('-n, --limit <count>', 'how many events at most', wholeNumber(1), 50)
    .option('-a, --all', 'every event that matches, however many')
    .option('--order <order>', 'desc: newest first; asc: oldest first', choice(['desc', 'asc']), 'desc')
    .option('--as-of <size>', 'answer as when the log had this many leaves', wholeNumber(0))
    .option('--cursor <text>', 'go on after a page that was shown before')
    .option(
      '--log <log>',
      'main: the events; _audit: what was done to Tidemark itself',
      choice(['main', '_audit']),
      'main',
    )
    .option('--include-logs', 'application logs (action log.*) too')
    .option('-f, --format <format>', `${formats.join(', ')}; default: table`, choice(formats))
    .option('--json', 'the same as --format json')
    .option('-c, --columns <names>', 'fields to show, comma between: time,actor_id,details.rows')
    .option('--no-header', 'no line with the names of the columns')
    .option('-q, --quiet', 'no line with the total')
  withConnection(command).addHelpText('after', EXAMPLES)
  command.action(async (words: string[], options: Options) => {
    const query = words.join(' ')
    try {
      const client = await connect(options, shell)
      const { asOf, cursor, log } = options
      if (asOf === undefined && cursor === undefined) await waitForIndex(client, log, shell.signal)
      await (parseQuery(query).query.pipe ? showFigures : showEvents)(client, query, options, shell)
    } catch (error) {
      throw explained(error, query, shell)
    }
  })
}

const EXAMPLES = `
Examples
  tidemark search 'service:audit AND action:auth.* AND time:>90d'
  tidemark search 'resource_id:production-database | count by actor_name'
  tidemark search 'outcome:denied' --from 2025-01-01 --to 2025-02-01 --all --format csv > denied.csv`

async function showEvents(client: TidemarkClient, query: string, options: Options, shell: Shell): Promise<void> {
  const format = formatOf(options)
  const pages = eachPage(client, query, options, shell.signal)
  if (format === 'json') return writeJson(pages, shell)
  let shown = 0
  let last: EventsPage | undefined
  for await (const page of pages) {
    shell.out.write(pageText(page.events, format, options, shell, last === undefined))
    await shell.out.drained()
    shown += page.events.length
    last = page
  }
  if (last && !options.quiet && format === 'table') shell.err.write(`${footer(shown, last, options)}\n`)
}

/** Pages of up to a thousand events until the limit, or the end, is reached. */
async function* eachPage(
  client: TidemarkClient,
  q: string,
  options: Options,
  signal: AbortSignal,
): AsyncGenerator<EventsPage> {
  const { asOf, from, to, zone, order, log } = options
  const question = {
    q,
    from,
    to,
    zone,
    order,
    log,
    include: options.includeLogs ? ('logs' as const) : ('audit' as const),
  }
  let left = options.all ? Number.POSITIVE_INFINITY : options.limit
  let cursor = options.cursor
  do {
    const limit = Math.min(left, MOST_PER_PAGE)
    const page = await client.call('searchEvents', { query: { ...question, asOf, limit, cursor }, signal })
    left -= page.events.length
    cursor = page.cursor ?? undefined
    yield page
  } while (cursor !== undefined && left > 0)
}

function pageText(
  events: readonly EventAnswer[],
  format: Format,
  options: Options,
  shell: Shell,
  first: boolean,
): string {
  const names = options.columns?.split(',').map((name) => name.trim())
  if (format === 'ndjson') return events.map((event) => `${JSON.stringify(event)}\n`).join('')
  if (format === 'csv') {
    const columns = names ?? csvColumns
    return (first && options.header ? csvLines([columns]) : '') + csvOfEvents(columns, events)
  }
  const columns = names ? chosenColumns(names, options.zone) : eventColumns(options.zone)
  if (events.length === 0) return ''
  return `${tableLines(columns, events, shell.out, options.header && first).join('\n')}\n`
}

/** One JSON document, whatever its size: the events are written as their pages arrive. */
async function writeJson(pages: AsyncGenerator<EventsPage>, shell: Shell): Promise<void> {
  let open = false
  let last: EventsPage | undefined
  for await (const page of pages) {
    shell.out.write(open ? '' : '{"events":[')
    for (const event of page.events) {
      shell.out.write(`${open ? ',' : ''}\n${JSON.stringify(event)}`)
      open = true
    }
    open = true
    await shell.out.drained()
    last = page
  }
  const { total, cursor, asOf, treeSize, query } = last as EventsPage
  shell.out.write(`\n],${JSON.stringify({ total, cursor, asOf, treeSize, query }).slice(1)}\n`)
}

function footer(shown: number, page: EventsPage, options: Options): string {
  const behind = page.treeSize - page.asOf
  const at = `tree size ${countText(page.asOf)}${behind > 0 ? ` (the index is ${countText(behind)} behind)` : ''}`
  if (page.total === 0) return `No event matches · ${at}`
  if (shown === page.total) return `${countOf(page.total, 'event')} · ${at}`
  const rest = page.cursor === null ? '' : options.columns === 'id' ? '' : ' · --all shows every one'
  return `${countText(shown)} of ${countOf(page.total, 'event')} · ${at}${rest}`
}

async function showFigures(client: TidemarkClient, q: string, options: Options, shell: Shell): Promise<void> {
  const { asOf, from, to, zone, log } = options
  const include = options.includeLogs ? 'logs' : 'audit'
  const answer = await client.call('aggregate', {
    query: { q, asOf, from, to, zone, log, include },
    signal: shell.signal,
  })
  const format = formatOf(options)
  const named = () =>
    answer.rows.map((row) => Object.fromEntries(answer.columns.map((name, place) => [name, row[place]])))
  if (format === 'json') return shell.out.write(`${JSON.stringify(answer)}\n`)
  if (format === 'ndjson')
    return shell.out.write(
      named()
        .map((row) => `${JSON.stringify(row)}\n`)
        .join(''),
    )
  const cells = answer.rows.map((row) => row.map(cellText))
  if (format === 'csv') return shell.out.write(csvLines(options.header ? [answer.columns, ...cells] : cells))
  const columns = answer.columns.map((name, place) => ({
    header: name,
    value: (row: readonly string[]) => row[place] ?? '',
    keep: answer.columns.length - place,
    least: 8,
    ...(answer.rows.every((row) => typeof row[place] === 'number') ? { align: 'right' as const } : {}),
  }))
  if (cells.length > 0) shell.out.write(`${tableLines(columns, cells, shell.out, options.header).join('\n')}\n`)
  if (!options.quiet) shell.err.write(`${countOf(cells.length, 'row')} · tree size ${countText(answer.asOf)}\n`)
}

/** A query that cannot be read is shown with a mark under the place; other errors stay as they are. */
function explained(error: unknown, query: string, shell: Shell): unknown {
  if (!(error instanceof ApiProblem) || error.code !== 'invalid_query' || !error.problem.problems?.length) return error
  const { code, help } = failureOf(error)
  const lines = queryProblemLines(query, error, shell.err)
  return new Failure(exitCode.usage, code, `The query cannot be read\n\n${lines.join('\n')}\n`, help, { cause: error })
}

const formatOf = (options: Options): Format => options.format ?? (options.json ? 'json' : 'table')
const MOST_PER_PAGE = 1_000
