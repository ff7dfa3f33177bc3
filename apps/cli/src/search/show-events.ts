import type { EventAnswer, EventsPage, TidemarkClient } from '@tidemark/wire'
import type { Shell } from '../shell.js'
import { countOf, countText } from '../terminal/quantity.js'
import { tableLines } from '../terminal/table.js'
import { csvColumns, csvLines, csvOfEvents } from './csv.js'
import { chosenColumns, eventColumns } from './event-columns.js'
import { formatOf, questionOf, type SearchOptions } from './search-options.js'

/** Asks for events and writes them in the format that was chosen, page by page as they arrive. */
export async function showEvents(
  client: TidemarkClient,
  query: string,
  options: SearchOptions,
  shell: Shell,
): Promise<void> {
  const pages = eachPage(client, query, options, shell.signal)
  if (formatOf(options) === 'json') return writeJson(pages, shell)
  let shown = 0
  let last: EventsPage | undefined
  for await (const page of pages) {
    shell.out.write(pageText(page.events, options, shell, last === undefined))
    await shell.out.drained()
    shown += page.events.length
    last = page
  }
  if (last && !options.quiet && formatOf(options) === 'table') shell.err.write(`${footer(shown, last)}\n`)
}

/** Pages of up to a thousand events until the limit, or the end, is reached. */
async function* eachPage(
  client: TidemarkClient,
  query: string,
  options: SearchOptions,
  signal: AbortSignal,
): AsyncGenerator<EventsPage> {
  const question = { ...questionOf(query, options), order: options.order }
  let left = options.all ? Number.POSITIVE_INFINITY : options.limit
  let cursor = options.cursor
  do {
    const limit = Math.min(left, MOST_PER_PAGE)
    const page = await client.call('searchEvents', { query: { ...question, limit, cursor }, signal })
    left -= page.events.length
    cursor = page.cursor ?? undefined
    yield page
  } while (cursor !== undefined && left > 0)
}

const MOST_PER_PAGE = 1_000

function pageText(events: readonly EventAnswer[], options: SearchOptions, shell: Shell, first: boolean): string {
  const names = options.columns?.split(',').map((name) => name.trim())
  const withHeader = first && options.header
  switch (formatOf(options)) {
    case 'ndjson':
      return events.map((event) => `${JSON.stringify(event)}\n`).join('')
    case 'csv': {
      const columns = names ?? csvColumns
      return (withHeader ? csvLines([columns]) : '') + csvOfEvents(columns, events)
    }
    default: {
      if (events.length === 0) return ''
      const columns = names ? chosenColumns(names, options.zone) : eventColumns(options.zone)
      return `${tableLines(columns, events, shell.out, withHeader).join('\n')}\n`
    }
  }
}

/** One JSON document, whatever its size. */
async function writeJson(pages: AsyncGenerator<EventsPage>, shell: Shell): Promise<void> {
  let before = '{"events":[\n'
  let last: EventsPage | undefined
  for await (const page of pages) {
    for (const event of page.events) {
      shell.out.write(before + JSON.stringify(event))
      before = ',\n'
    }
    await shell.out.drained()
    last = page
  }
  const { total, cursor, asOf, treeSize, query } = last as EventsPage
  const end = before === ',\n' ? '\n' : before
  shell.out.write(`${end}],${JSON.stringify({ total, cursor, asOf, treeSize, query }).slice(1)}\n`)
}

function footer(shown: number, { asOf, cursor, total, treeSize }: EventsPage): string {
  const behind = treeSize > asOf ? ` (the index is ${countText(treeSize - asOf)} behind)` : ''
  const at = `tree size ${countText(asOf)}${behind}`
  if (total === 0) return `No event matches · ${at}`
  if (shown === total) return `${countOf(total, 'event')} · ${at}`
  return `${countText(shown)} of ${countOf(total, 'event')} · ${at}${cursor === null ? '' : ' · --all shows every one'}`
}
