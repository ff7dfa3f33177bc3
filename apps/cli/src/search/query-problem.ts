import type { ApiProblem } from '@tidemark/wire'
import stringWidth from 'string-width'
import type { Output } from '../shell.js'
import { paintFor } from '../terminal/paint.js'
import { printable } from '../terminal/printable.js'

/** What is wrong with a query, each problem under the column where it is. */
export function queryProblemLines(query: string, { problem }: ApiProblem, output: Output): string[] {
  const paint = paintFor(output)
  return (problem.problems ?? []).flatMap(({ from, to, message, suggestion }) => {
    const before = stringWidth(printable(query.slice(0, from)))
    const marked = Math.max(1, stringWidth(printable(query.slice(from, to))))
    const repaired = suggestion && `${query.slice(0, from)}${suggestion}${query.slice(to)}`
    return [
      `  ${printable(query)}`,
      `  ${' '.repeat(before)}${paint('red', '^'.repeat(marked))}`,
      `  ${printable(message)}`,
      ...(repaired ? [`  → ${paint('bold', printable(repaired))}`] : []),
    ]
  })
}
