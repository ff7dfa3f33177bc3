import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyExpr, queryOf } from '../testing/any-query.js'
import { formatQuery } from './format-query.js'
import { parseQuery } from './parse-query.js'
import type { Expr } from './tree.js'

const withoutSpans = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, inner) => (key === 'span' || key === 'nameSpan' ? undefined : inner)))

test('parsing what was formatted gives the same tree', () => {
  fc.assert(
    fc.property(anyExpr, (expr: Expr) => {
      const text = formatQuery(queryOf(expr))
      const { query, problems } = parseQuery(text)
      expect(problems, text).toEqual([])
      expect(withoutSpans(query.where), text).toEqual(withoutSpans(expr))
    }),
    { numRuns: 1000 },
  )
})
