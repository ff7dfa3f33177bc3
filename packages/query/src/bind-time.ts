import type { BoundExpr, BoundField } from './bound.js'
import type { Problems } from './problem.js'
import { reversed } from './reversed-range.js'
import { type Clock, isAge, parseTime, TIME_FORM, type TimeSpan } from './time-value.js'
import type { Test } from './tree.js'

/** A test of a time field as a half-open range of instants; null when it does not fit, with a problem added. */
export function bindTimeTest(field: BoundField, test: Test, clock: Clock, problems: Problems): BoundExpr | null {
  const refuse = (found: string) => {
    problems.add('bad_value', test.span, TIME_FORM, `"${field.name}" is a time; ${found} is none. Write ${TIME_FORM}.`)
    return null
  }
  const range = (fromNs: bigint | null, toNs: bigint | null): BoundExpr => ({ kind: 'time', field, fromNs, toNs, test })
  switch (test.kind) {
    case 'is': {
      if (isAge(test.text)) return adviseDirection(field, test, problems)
      const span = parseTime(test.text, clock)
      return span ? range(span.fromNs, span.toNs) : refuse(`"${test.text}"`)
    }
    case 'compare': {
      const span = parseTime(test.text, clock)
      if (!span) return refuse(`"${test.text}"`)
      const edge = edgeOf(span, test.op === '>' || test.op === '<=')
      return test.op.startsWith('>') ? range(edge, null) : range(null, edge)
    }
    case 'range': {
      const from = test.from === null ? null : parseTime(test.from, clock)
      const to = test.to === null ? null : parseTime(test.to, clock)
      if (test.from !== null && !from) return refuse(`"${test.from}"`)
      if (test.to !== null && !to) return refuse(`"${test.to}"`)
      if (!from && !to) return { kind: 'exists', field }
      if (from && to && from.fromNs > to.fromNs) return reversed(test, problems)
      return range(from && edgeOf(from, !test.includesFrom), to && edgeOf(to, test.includesTo))
    }
    default:
      return refuse('a wildcard or regular expression')
  }
}

/** A calendar time is everything it names: after a day means after its end, up to a day means through its end. */
const edgeOf = (span: TimeSpan, isEnd: boolean) => (isEnd ? span.toNs : span.fromNs)

function adviseDirection(field: BoundField, test: Test & { kind: 'is' }, problems: Problems): null {
  const within = `>${test.text}`
  const message = `Write ${field.name}:>${test.text} for the time since then, ${field.name}:<${test.text} for the time before.`
  problems.add('bad_value', test.span, within, message, within)
  return null
}
