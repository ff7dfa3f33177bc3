import type { TidemarkClient } from '@tidemark/wire'
import type { Shell } from '../shell.js'
import { countOf, countText } from '../terminal/quantity.js'
import { tableLines } from '../terminal/table.js'
import { csvLines } from './csv.js'
import { cellText } from './event-columns.js'
import { formatOf, questionOf, type SearchOptions } from './search-options.js'

/** Asks a query that ends in a pipe and writes its figures in the format that was chosen. */
export async function showFigures(
  client: TidemarkClient,
  query: string,
  options: SearchOptions,
  shell: Shell,
): Promise<void> {
  const answer = await client.call('aggregate', { query: questionOf(query, options), signal: shell.signal })
  const cells = answer.rows.map((row) => row.map(cellText))
  switch (formatOf(options)) {
    case 'json':
      return shell.out.write(`${JSON.stringify(answer)}\n`)
    case 'ndjson':
      return shell.out.write(answer.rows.map((row) => `${JSON.stringify(named(answer.columns, row))}\n`).join(''))
    case 'csv':
      return shell.out.write(csvLines(options.header ? [answer.columns, ...cells] : cells))
  }
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

const named = (columns: readonly string[], row: readonly unknown[]) =>
  Object.fromEntries(columns.map((name, place) => [name, row[place]]))
