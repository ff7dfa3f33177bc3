import type { AuditSummary, EventAnswer } from '@tidemark/wire'
import { actorText, resourceText } from '../search/event-columns.js'
import { instantIn } from '../search/instant-in-zone.js'
import { printable } from '../terminal/printable.js'
import { countText } from '../terminal/quantity.js'
import { figuresOf } from './figure-titles.js'

/** The audit summary as a document: period, figures with their queries, and the events behind them. */
export function summaryMarkdown(summary: AuditSummary): string {
  const { period, asOf, origin, generatedAt, authEvents = [], deniedEvents = [], configChanges = [] } = summary
  const figures = figuresOf(summary).map(
    ({ title, value, query }) => `| ${title} | ${countText(value)} | \`${query}\` |`,
  )
  return [
    '# Audit summary',
    '',
    `Log: ${origin}  `,
    `Period: ${instantIn(period.zone, period.start)} to ${instantIn(period.zone, period.end)} (${period.zone})  `,
    `Tree size: ${countText(asOf)}  `,
    `Generated: ${generatedAt}`,
    '',
    '| figure | count | query |',
    '|---|---:|---|',
    ...figures,
    '',
    ...eventSection('Authentication events', authEvents),
    ...eventSection('Access denied', deniedEvents),
    ...eventSection('Configuration changes', configChanges),
  ].join('\n')
}

function eventSection(title: string, events: readonly EventAnswer[]): string[] {
  const rows = events.map((event) => [
    event.time,
    actorText(event),
    event.actor.role ?? '',
    event.action,
    resourceText(event),
    event.outcome,
    String(event.index),
    event.id,
  ])
  return [
    `## ${title} (${countText(events.length)})`,
    '',
    '| time | actor | role | action | resource | outcome | leaf | id |',
    '|---|---|---|---|---|---|---:|---|',
    ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
    '',
  ]
}

/** Text that cannot end its cell or turn into markup. */
const cell = (text: string) => printable(text).replace(/[\\`*_{}[\]<>|#]/g, (character) => `\\${character}`)
