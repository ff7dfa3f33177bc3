import type { BoundExpr, BoundField } from './bound.js'
import { parseIpRange } from './ip-range.js'
import type { Problems } from './problem.js'
import { reversed } from './reversed-range.js'
import type { Test } from './tree.js'

/** A test of an address field as a range of addresses; null when it does not fit, with a problem added. */
export function bindAddress(field: BoundField, test: Test, problems: Problems): BoundExpr | null {
  const refuse = (found: string) => {
    const message = `"${field.name}" holds addresses; ${found} is none. Write an address (10.0.0.1, 2001:db8::1) or a network (10.0.0.0/8).`
    problems.add('bad_value', test.span, 'an IPv4 or IPv6 address or network', message)
    return null
  }
  switch (test.kind) {
    case 'is': {
      const range = parseIpRange(test.text)
      return range ? { kind: 'ip', field, ...range } : refuse(`"${test.text}"`)
    }
    case 'like': {
      const written = test.pattern
        .map((piece) => ('text' in piece ? piece.text : piece.wild === 'any' ? '*' : '?'))
        .join('')
      const range = parseIpRange(written)
      return range ? { kind: 'ip', field, ...range } : refuse(`"${written}"`)
    }
    case 'range': {
      if (test.from === null || test.to === null || !test.includesFrom || !test.includesTo)
        return refuse('an open range')
      const [from, to] = [parseIpRange(test.from), parseIpRange(test.to)]
      if (!from || !to) return refuse(`"${from ? test.to : test.from}"`)
      if (from.first > to.last) return reversed(test, problems)
      return { kind: 'ip', field, first: from.first, last: to.last }
    }
    default:
      return refuse('a comparison or regular expression')
  }
}
