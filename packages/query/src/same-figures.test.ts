import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyEvent } from '../testing/any-event.js'
import { dialect, EventTable } from '../testing/event-table.js'
import { bindQuery } from './bind-query.js'
import { evaluatePipe } from './evaluate-pipe.js'
import { parseQuery } from './parse-query.js'
import { printPipeSql } from './print-pipe-sql.js'

const keys = [
  'action',
  'actor_role',
  'index',
  'approval_required',
  'actor_ip',
  'actor.roles',
  'targets.id',
  'details.a',
  'details.list.x',
  'labels.team',
  'on_behalf_of.id',
]
const steps = ['1s', '15m', '1h', '7m', '6h', '1d', '2d', '1w', '1mo', '3mo', '1y']

const anyKey = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...keys) },
  { weight: 1, arbitrary: fc.constantFrom(...steps).map((step) => `time ${step}`) },
)
const anyKeys = (key: fc.Arbitrary<string>) =>
  fc.uniqueArray(key, { minLength: 1, maxLength: 3 }).map((list) => list.join(', '))
const anyPipe = fc.oneof(
  fc.constant('count'),
  anyKeys(anyKey).map((list) => `count by ${list}`),
  anyKeys(fc.constantFrom(...keys)).map((list) => `distinct ${list}`),
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom(...keys)).map(([limit, key]) => `top ${limit} ${key}`),
  fc.constantFrom('first', 'last'),
  fc
    .tuple(fc.constantFrom('first', 'last'), anyKeys(fc.constantFrom(...keys)))
    .map(([edge, list]) => `${edge} by ${list}`),
)

const runs = process.env.TIDEMARK_SOAK ? 500 : 40

test('SQL and memory give the same figures for any pipe over any events', async () => {
  const table = await EventTable.open()
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyEvent, { maxLength: 20 }),
      fc.array(anyPipe, { minLength: 10, maxLength: 10 }),
      fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns'),
      async (events, pipes, zone) => {
        const distinct = events.map((event, index) => ({ ...event, index }))
        await table.fill(distinct)
        for (const pipe of pipes) {
          const bound = bindQuery(parseQuery(`| ${pipe}`).query, { now: new Date('2025-03-01T12:00:00Z'), zone })
          const sql = printPipeSql(bound, dialect, { sql: 'events' })
          expect(sql.read(await table.rows(sql)), pipe).toEqual(evaluatePipe(distinct, bound))
        }
      },
    ),
    { numRuns: runs, endOnFailure: true },
  )
}, 600_000)
