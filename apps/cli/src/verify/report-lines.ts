import type { Finding, Report, Verdict } from '@tidemark/verify'
import type { Output } from '../shell.js'
import { type Paint, paintFor } from '../terminal/paint.js'
import { printable } from '../terminal/printable.js'
import { countOf, countText, durationText } from '../terminal/quantity.js'
import { pad } from '../terminal/shorten.js'
import { wrap } from '../terminal/wrap.js'

/** A report on a log, for people: each verdict with what it rests on, what was found, and the first bad leaf. */
export function reportLines(name: string, report: Report, output: Output): string[] {
  const paint = paintFor(output)
  const { checkpoint, figures, firstBadLeaf } = report
  const size = checkpoint ? `${countOf(checkpoint.size, 'leaf', 'leaves')} signed` : 'no checkpoint that may be trusted'
  const beyond = figures.unsignedLeaves > 0 ? `, ${countText(figures.unsignedLeaves)} not signed yet` : ''
  return [
    `${paint('bold', printable(report.origin ?? name))}  ${size}${beyond}  ${paint('dim', durationText(figures.elapsedMs))}`,
    ...report.verdicts.flatMap((verdict) => verdictLines(verdict, output)),
    ...(firstBadLeaf ? [badLeafLine(firstBadLeaf, paint)] : []),
    `  ${paint('dim', `tier: ${report.tier}`)}`,
  ]
}

const SHOWN_FINDINGS = 5
const marks = { holds: '✓', fails: '✗', 'not-checked': '–' } as const
const words = { holds: 'holds', fails: 'FAILS', 'not-checked': 'not checked' } as const
const styles = { holds: 'green', fails: 'red', 'not-checked': 'dim' } as const
const INDENT = 40

function verdictLines({ name, status, summary, findings, findingCount }: Verdict, output: Output): string[] {
  const paint = paintFor(output)
  const head = `  ${paint(styles[status], `${marks[status]} ${pad(name, 22)} ${words[status]}`)}`
  const gap = ' '.repeat(INDENT - 27 - words[status].length)
  const indent = ' '.repeat(INDENT)
  const room = output.columns === undefined ? undefined : Math.max(30, output.columns - INDENT - 1)
  const [first = '', ...more] = wrap(printable(summary.replace(/^Not checked: /, '')), room)
  const shown = findings.slice(0, SHOWN_FINDINGS).flatMap((finding) => {
    const style = finding.severity === 'failure' ? 'red' : 'yellow'
    return wrap(printable(findingText(finding)), room).map((line) => indent + paint(style, line))
  })
  const rest = findingCount - Math.min(findings.length, SHOWN_FINDINGS)
  const others = rest > 0 ? [indent + paint('dim', `and ${countText(rest)} more: --json lists them`)] : []
  return [head + gap + first, ...more.map((line) => indent + line), ...shown, ...others]
}

function findingText({ message, leafIndex, lastLeafIndex, exact, file, offset }: Finding): string {
  const range = lastLeafIndex !== undefined && lastLeafIndex !== leafIndex ? `–${countText(lastLeafIndex)}` : ''
  const leaf =
    leafIndex === undefined ? '' : `leaf ${countText(leafIndex)}${range}${exact === false ? ' or later' : ''}: `
  const where = file === undefined ? '' : ` (${file}${offset === undefined ? '' : ` at byte ${countText(offset)}`})`
  return `${leaf}${message}${where}`
}

function badLeafLine({ leafIndex, exact }: { leafIndex: number; exact: boolean }, paint: Paint): string {
  const place = exact ? `${countText(leafIndex)}` : `at or after ${countText(leafIndex)}`
  return `  ${paint(['red', 'bold'], `first bad leaf: ${place}`)}`
}
