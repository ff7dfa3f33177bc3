import type { AuditSummary } from '@tidemark/wire'
import { instantIn } from '../search/instant-in-zone.js'
import type { Output } from '../shell.js'
import { paintFor } from '../terminal/paint.js'
import { countText } from '../terminal/quantity.js'
import { tableLines } from '../terminal/table.js'
import { figuresOf } from './figure-titles.js'

/** The audit summary on a terminal: the period, then each figure with the query that gives it. */
export function summaryTable(summary: AuditSummary, output: Output): string {
  const paint = paintFor(output)
  const { period, asOf, origin } = summary
  const columns = [
    { header: 'FIGURE', value: (figure: Figure) => figure.title, keep: 3 },
    { header: 'COUNT', value: (figure: Figure) => countText(figure.value), keep: 4, align: 'right' as const },
    { header: 'QUERY', value: (figure: Figure) => figure.query, keep: 2, least: 24 },
  ]
  return [
    paint('bold', `Audit summary of ${origin}`),
    `${instantIn(period.zone, period.start)} to ${instantIn(period.zone, period.end)} (${period.zone}) · tree size ${countText(asOf)}`,
    '',
    ...tableLines(columns, figuresOf(summary), output),
    '',
    paint(
      'dim',
      "Each count is the total of its query at that tree size: tidemark search '<query>' --from … --to … --as-of …",
    ),
    '',
  ].join('\n')
}

type Figure = ReturnType<typeof figuresOf>[number]
