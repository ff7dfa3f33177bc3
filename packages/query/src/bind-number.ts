import type { BoundExpr, BoundField, NumberEnd } from './bound.js'
import { parseNumber } from './number-value.js'
import type { Problems } from './problem.js'
import { reversed } from './reversed-range.js'
import type { Test } from './tree.js'

/** A test that compares with numbers; null when it does not fit, with a problem added. */
export function bindNumber(field: BoundField, test: Test, problems: Problems): BoundExpr | null {
  const refuse = (found: string) => {
    const message = `"${field.name}" ${field.type === 'json' ? 'can be compared with' : 'holds'} numbers; ${found} is none.`
    problems.add('bad_value', test.span, 'a number, for example 5, -1.5 or 1e6', message)
    return null
  }
  const end = (text: string, isIncluded: boolean): NumberEnd | null => {
    const value = parseNumber(text)
    return value === null ? null : { value, isIncluded }
  }
  switch (test.kind) {
    case 'is': {
      const same = end(test.text, true)
      return same ? { kind: 'number', field, from: same, to: same } : refuse(`"${test.text}"`)
    }
    case 'compare': {
      const bound = end(test.text, test.op.endsWith('='))
      if (!bound) return refuse(`"${test.text}"`)
      return test.op.startsWith('>')
        ? { kind: 'number', field, from: bound, to: null }
        : { kind: 'number', field, from: null, to: bound }
    }
    case 'range': {
      const from = test.from === null ? null : end(test.from, test.includesFrom)
      const to = test.to === null ? null : end(test.to, test.includesTo)
      if (test.from !== null && !from) return refuse(`"${test.from}"`)
      if (test.to !== null && !to) return refuse(`"${test.to}"`)
      if (!from && !to) return { kind: 'exists', field }
      if (from && to && from.value > to.value) return reversed(test, problems)
      return { kind: 'number', field, from, to }
    }
    default:
      return refuse('a wildcard or regular expression')
  }
}
