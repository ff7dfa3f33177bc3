import type { Shell } from '../shell.js'
import { paintFor } from '../terminal/paint.js'
import { countOf, countText, durationText } from '../terminal/quantity.js'
import { tableLines } from '../terminal/table.js'
import type { Reason, Tally } from './tally.js'

/** What became of the events of a run, for programs. Stable. */
export function summaryJson(inputs: readonly string[], tally: Tally, elapsedMs: number): string {
  const { events, stored, duplicates, conflicts, quarantined, treeSize } = tally
  const seconds = Math.round(elapsedMs) / 1_000
  const reasons = [...tally.reasons.values()]
  return `${JSON.stringify({ inputs, events, stored, duplicates, conflicts, quarantined, treeSize, seconds, reasons })}\n`
}

/** The same for people: counts, then why events were not stored. */
export function summaryText(inputs: readonly string[], tally: Tally, elapsedMs: number, shell: Shell): string {
  const paint = paintFor(shell.out)
  const what = inputs.length === 1 ? (inputs[0] === '-' ? 'standard input' : inputs[0]) : countOf(inputs.length, 'file')
  const rate = `${countText(Math.round(tally.events / Math.max(elapsedMs / 1_000, 0.001)))}/s`
  const counts = [
    ['stored', tally.stored, 'green'],
    ['already there', tally.duplicates, 'dim'],
    ['conflicting', tally.conflicts, 'red'],
    ['quarantined', tally.quarantined, 'yellow'],
  ] as const
  const width = Math.max(...counts.map(([, count]) => countText(count).length))
  const lines = [
    `${countOf(tally.events, 'event')} from ${what} in ${durationText(elapsedMs)} (${rate})`,
    ...counts
      .filter(([name, count]) => count > 0 || name === 'stored')
      .map(([name, count, style]) => `  ${countText(count).padStart(width)}  ${count > 0 ? paint(style, name) : name}`),
  ]
  const reasons = [...tally.reasons.values()].sort((left, right) => right.count - left.count)
  if (reasons.length > 0) {
    lines.push('', ...tableLines(reasonColumns, reasons, shell.out))
    lines.push('', paint('dim', 'What was not stored is kept with its bytes: tidemark quarantine list'))
  }
  return `${lines.join('\n')}\n`
}

const reasonColumns = [
  { header: 'COUNT', value: ({ count }: Reason) => countText(count), keep: 9, align: 'right' as const },
  { header: 'CODE', value: ({ code }: Reason) => code, keep: 8 },
  { header: 'FIELD', value: ({ pointer }: Reason) => pointer || '(whole event)', keep: 7, least: 10 },
  { header: 'WHY', value: ({ reason }: Reason) => reason, keep: 6, least: 20 },
  {
    header: 'FIRST AT',
    value: ({ input, firstRecord }: Reason) => `${input} record ${countText(firstRecord)}`,
    keep: 5,
    least: 14,
    cut: 'middle' as const,
  },
]
