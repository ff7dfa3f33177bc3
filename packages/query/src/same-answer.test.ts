import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyEvent } from '../testing/any-event.js'
import { anyExpr, queryOf } from '../testing/any-query.js'
import { dialect, EventTable } from '../testing/event-table.js'
import { bindQuery } from './bind-query.js'
import { formatQuery } from './format-query.js'
import { parseQuery } from './parse-query.js'
import { predicateOf } from './predicate.js'
import { printSql } from './print-sql.js'

const runs = process.env.TIDEMARK_SOAK ? 400 : 40

test('SQL and predicate give the same answer for any query on any events', async () => {
  const table = await EventTable.open()
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyEvent, { minLength: 1, maxLength: 20 }),
      fc.array(anyExpr, { minLength: 25, maxLength: 25 }),
      fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata'),
      async (events, exprs, zone) => {
        await table.fill(events)
        for (const expr of exprs) {
          const text = formatQuery(queryOf(expr))
          const bound = bindQuery(parseQuery(text).query, { now: new Date('2025-03-01T12:00:00Z'), zone })
          const isMatch = predicateOf(bound)
          const inMemory = events.flatMap((event, n) => (isMatch(event) ? [n] : []))
          const inSql = await table.select(printSql(bound, dialect))
          const differing = events.find((_, n) => inMemory.includes(n) !== inSql.includes(n))
          expect(inSql, `${text}\n${JSON.stringify(differing)}`).toEqual(inMemory)
        }
      },
    ),
    { numRuns: runs, endOnFailure: true },
  )
}, 600_000)
