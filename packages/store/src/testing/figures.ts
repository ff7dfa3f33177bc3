import { bindField, evaluatePipe, predicateOf } from '@tidemark/query'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EventStore, HistogramRequest } from '../event-store.js'
import { anyEvent } from './any-event.js'
import { ask } from './ask.js'
import { sampleEvents } from './sample-events.js'
import { withStore } from './with-store.js'
import { WrittenLog } from './written-log.js'

const scope = { log: 'acme' }
const field = (name: string) => bindField(name)!
const day = { count: 1, unit: 'd' } as const

const pipes = [
  '| count',
  '| count by action, outcome',
  '| count by time 1d',
  '| count by time 6h, outcome',
  '| count by actor_roles',
  '| count by labels.team',
  '| count by details.a, actor_id',
  '| distinct actor_id, resource_type',
  '| distinct actor_ip',
  '| top 3 actor_id',
  '| top 2 details.geo.country',
  '| top 5 targets.id',
  '| first',
  '| last by actor_id',
  '| first by outcome, action',
  'outcome:denied | count by sequence',
  'NOT outcome:denied | last',
]

export function describeFigures(open: () => Promise<EventStore>, runs: number): void {
  const withSamples = (count: number, work: (store: EventStore) => Promise<void>) =>
    withStore(open, async (store) => {
      await store.load(new WrittenLog('acme').append(...sampleEvents(count)))
      await work(store)
    })

  test('a pipe gives the figures that it gives in memory', () =>
    withStore(open, (store) =>
      fc.assert(
        fc.asyncProperty(
          fc.array(anyEvent, { maxLength: 40 }),
          fc.constantFrom('UTC', 'America/St_Johns'),
          async (events, zone) => {
            const log = new WrittenLog(`tenant-${++logs}`)
            await store.load(log.append(...events))
            const known = log.events
            for (const text of pipes) {
              const query = ask(text, zone)
              const { asOf, ...figures } = await store.aggregate(log, { query })
              expect(figures, text).toEqual(evaluatePipe(known.filter(predicateOf(query)), query))
              expect(asOf).toBe(log.size)
            }
          },
        ),
        { numRuns: runs, endOnFailure: true },
      ),
    ))

  test('figures as of a tree size stay the same when more events come', () =>
    withStore(open, async (store) => {
      const log = new WrittenLog('acme')
      await store.load(log.append(...sampleEvents(10)))
      const question = { query: ask('| count by action'), asOf: 10 }
      const before = await store.aggregate(scope, question)
      await store.load(log.append(...sampleEvents(5, 10)))
      expect(await store.aggregate(scope, question)).toEqual(before)
      await expect(store.aggregate(scope, { ...question, asOf: 16 })).rejects.toMatchObject({ code: 'busy' })
    }))

  test('a histogram counts every match once, and days without events as 0', () =>
    withSamples(80, async (store) => {
      const request: HistogramRequest = { query: ask('outcome:denied'), interval: day, zone: 'UTC' }
      const { buckets, total, asOf } = await store.histogram(scope, request)
      expect(buckets.slice(0, 3)).toEqual([
        { start: '2025-02-01T00:00:00.000Z', count: 2 },
        { start: '2025-02-02T00:00:00.000Z', count: 1 },
        { start: '2025-02-03T00:00:00.000Z', count: 2 },
      ])
      expect({ total, asOf, sum: buckets.reduce((sum, { count }) => sum + count, 0) }).toEqual({
        total: 16,
        asOf: 80,
        sum: 16,
      })
      const wide = await store.histogram(scope, {
        ...request,
        from: '2025-01-30T05:00:00Z',
        to: '2025-02-12T00:00:00Z',
      })
      expect(wide.total).toBe(16)
      expect(wide.buckets.map(({ start }) => start.slice(5, 10))).toEqual(['01-30', '01-31', ...daysOfFebruary(12)])
      expect(wide.buckets[0]).toMatchObject({ count: 0 })
    }))

  test('a histogram splits its bars by a field', () =>
    withSamples(16, async (store) => {
      const request = { query: ask(''), interval: day, zone: 'UTC', splitBy: field('outcome') }
      const { buckets } = await store.histogram(scope, request)
      expect(buckets).toEqual([
        { start: '2025-02-01T00:00:00.000Z', count: 8, split: { success: 5, denied: 2, failure: 1 } },
        { start: '2025-02-02T00:00:00.000Z', count: 8, split: { success: 5, denied: 1, failure: 2 } },
      ])
    }))

  test('a histogram split by a list counts an event in each of its values, but once in all', () =>
    withStore(open, async (store) => {
      const [event] = sampleEvents(1)
      const events = [['a', 'b'], ['a'], []].map((roles) => ({ ...event, actor: { id: 'ada', roles } }))
      await store.load(new WrittenLog('acme').append(...events))
      const request = { query: ask(''), interval: day, zone: 'UTC', splitBy: field('actor_roles') }
      const { buckets, total } = await store.histogram(scope, request)
      expect(buckets).toEqual([{ start: '2025-02-01T00:00:00.000Z', count: 3, split: { a: 2, b: 1 } }])
      expect(total).toBe(3)
    }))

  test('days begin at midnight of the zone, also when the clocks change', () =>
    withStore(open, async (store) => {
      const times = ['2025-02-28T22:30:00Z', '2025-02-28T23:30:00Z', '2025-03-01T01:00:00Z']
      const events = times.map((time) => ({ ...sampleEvents(1)[0], time }))
      await store.load(new WrittenLog('acme').append(...events))
      const request = { query: ask(''), interval: day, zone: 'Europe/Berlin', to: '2025-04-01T12:00:00Z' }
      const { buckets } = await store.histogram(scope, request)
      expect(buckets.slice(0, 2)).toEqual([
        { start: '2025-02-27T23:00:00.000Z', count: 1 },
        { start: '2025-02-28T23:00:00.000Z', count: 2 },
      ])
      expect(buckets.map(({ start }) => start.slice(5, 16)).slice(29, 33)).toEqual([
        '03-28T23:00',
        '03-29T23:00',
        '03-30T22:00',
        '03-31T22:00',
      ])
    }))

  test('a histogram with far too many bars is refused', () =>
    withSamples(3, async (store) => {
      const request = {
        query: ask(''),
        interval: { count: 1, unit: 's' as const },
        zone: 'UTC',
        from: '2024-01-01T00:00:00Z',
      }
      await expect(store.histogram(scope, request)).rejects.toMatchObject({ code: 'too_large' })
      expect((await store.histogram({ log: 'nobody' }, { ...request, from: undefined })).buckets).toEqual([])
    }))

  test('facets are the most frequent values of each field', () =>
    withSamples(40, async (store) => {
      const { facets, asOf } = await store.facets(scope, {
        query: ask('NOT outcome:denied'),
        fields: [field('actor_role'), field('outcome')],
        limit: 2,
      })
      expect(asOf).toBe(40)
      expect(facets).toEqual([
        {
          field: 'actor_role',
          values: [
            { value: 'Engineer', count: 27 },
            { value: 'Admin', count: 5 },
          ],
        },
        {
          field: 'outcome',
          values: [
            { value: 'success', count: 24 },
            { value: 'failure', count: 8 },
          ],
        },
      ])
    }))

  test('values complete a prefix in any case, most frequent first', () =>
    withSamples(40, async (store) => {
      const values = async (name: string, prefix: string, limit = 10) =>
        (await store.values(scope, { field: field(name), prefix, limit })).map(({ value }) => value)
      expect(await values('action', 'AUTH.')).toEqual(['auth.login', 'auth.logout'])
      expect(await values('actor_role', 'e')).toEqual(['Engineer'])
      expect(await values('actor_ip', '10.0.0.')).toEqual(['10.0.0.0', '10.0.0.1', '10.0.0.2'])
      expect(await values('details.geo.country', '')).toEqual(['DE', 'FR'])
      expect(await values('actor_id', '', 2)).toHaveLength(2)
      expect(await values('actor_id', '%')).toEqual([])
      expect(await values('index', '3')).toEqual([3, ...Array.from({ length: 9 }, (_, n) => 30 + n)])
      expect(await values('actor_name', '')).toEqual([])
    }))

  test('a table with too many rows is refused', () =>
    withStore(open, async (store) => {
      const log = new WrittenLog('acme')
      const [event] = sampleEvents(1)
      await store.load(
        log.append(...Array.from({ length: 10_001 }, (_, attempt) => ({ ...event, details: { attempt } }))),
      )
      await expect(store.aggregate(scope, { query: ask('| count by details.attempt') })).rejects.toMatchObject({
        code: 'too_large',
      })
      expect((await store.aggregate(scope, { query: ask('index:<20 | count by details.attempt') })).rows).toHaveLength(
        20,
      )
    }))
}

const daysOfFebruary = (last: number) => Array.from({ length: last }, (_, n) => `02-${String(n + 1).padStart(2, '0')}`)

let logs = 0
