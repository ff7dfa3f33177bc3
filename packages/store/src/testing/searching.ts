import type { AuditEvent } from '@tidemark/event'
import { predicateOf } from '@tidemark/query'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EventStore, Position, Scope, SearchRequest } from '../event-store.js'
import { anyEvent } from './any-event.js'
import { anyQuery } from './any-query.js'
import { ask } from './ask.js'
import { sampleEvents } from './sample-events.js'
import { withStore } from './with-store.js'
import { WrittenLog } from './written-log.js'

const scope = { log: 'acme' }
const newest = (text: string, limit = 50): SearchRequest => ({ query: ask(text), order: 'desc', limit })
const indexes = (events: readonly AuditEvent[]) => events.map(({ index }) => index)

/** `runs` is how many random cases each law is tried on. */
export function describeSearching(open: () => Promise<EventStore>, runs: number): void {
  const withSamples = (count: number, work: (store: EventStore) => Promise<void>) =>
    withStore(open, async (store) => {
      await store.load(new WrittenLog('acme').append(...sampleEvents(count)))
      await work(store)
    })

  test('answers are newest first with the exact total, however few are returned', () =>
    withSamples(40, async (store) => {
      const answer = await store.search(scope, newest('action:auth.*', 3))
      expect(indexes(answer.events)).toEqual([39, 36, 35])
      expect(answer).toMatchObject({ total: 20, more: true, asOf: 40 })
      const all = await store.search(scope, newest('action:auth.*', 20))
      expect(all).toMatchObject({ total: 20, more: false })
      expect(indexes((await store.search(scope, { ...newest('outcome:denied', 2), order: 'asc' })).events)).toEqual([
        2, 7,
      ])
    }))

  test('events of the same time are in the order of their leaves', () =>
    withStore(open, async (store) => {
      const [event] = sampleEvents(1)
      await store.load(new WrittenLog('acme').append(event!, event!, event!))
      const { events } = await store.search(scope, newest('', 2))
      expect(indexes(events)).toEqual([2, 1])
      const { time, index } = events[1]!
      expect(indexes((await store.search(scope, { ...newest(''), after: { time, index } })).events)).toEqual([0])
    }))

  test('a pattern of many wildcards is answered as fast as any other', () =>
    withStore(open, async (store) => {
      const [event] = sampleEvents(1)
      await store.load(new WrittenLog('acme').append({ ...event!, message: 'a'.repeat(8000) }))
      for (const pattern of ['*a*a*a*a*b', `${'*?'.repeat(50)}b`, `"${'a*'.repeat(50)}b"`])
        expect((await store.search(scope, newest(`message:${pattern}`), { timeoutMs: 5000 })).total).toBe(0)
      expect((await store.search(scope, newest(`message:${'*a'.repeat(50)}`))).total).toBe(1)
    }))

  test('an event is found by its id and by its leaf index', () =>
    withSamples(10, async (store) => {
      const event = await store.byIndex(scope, 7)
      expect(event).toMatchObject({ index: 7, tenant: 'acme', actor: { id: 'dmitri' } })
      expect(await store.get(scope, event!.id)).toEqual(event)
      expect(indexes((await store.search(scope, newest(`id:${event!.id.toUpperCase()}`))).events)).toEqual([7])
      for (const id of ['0194ffff-0000-7000-8000-000000000000', 'no id', '', "'"])
        expect(await store.get(scope, id)).toBeNull()
      expect(await store.byIndex(scope, 10)).toBeNull()
    }))

  test('an answer as of a tree size is the same after more events came', () =>
    withStore(open, async (store) => {
      const log = new WrittenLog('acme')
      await store.load(log.append(...sampleEvents(10)))
      const before = await store.search(scope, newest('outcome:success', 4))
      await store.load(log.append(...sampleEvents(10, 10)))
      expect(await store.search(scope, { ...newest('outcome:success', 4), asOf: 10 })).toEqual(before)
      expect((await store.search(scope, newest('outcome:success', 4))).total).toBeGreaterThan(before.total)
    }))

  test('an answer as of leaves that are not loaded yet is refused as busy', () =>
    withSamples(5, async (store) => {
      await expect(store.search(scope, { ...newest(''), asOf: 6 })).rejects.toMatchObject({ code: 'busy' })
    }))

  test('paging through an answer gives every match once, whatever arrives meanwhile', () =>
    withStore(open, (store) =>
      fc.assert(
        fc.asyncProperty(anyArrivals, fc.integer({ min: 1, max: 7 }), anyOrder, async (arrivals, limit, order) => {
          const log = newLog()
          await store.load(log.append(...arrivals.before.flatMap((n) => sampleEvents(1, n))))
          const asOf = log.size
          const seen: number[] = []
          let after: Position | undefined
          for (let isMore = true; isMore; ) {
            const page = await store.search(log, { ...newest(''), order, limit, after, asOf })
            expect(page.total).toBe(asOf)
            seen.push(...indexes(page.events))
            after = page.events.at(-1)
            isMore = page.more
            await store.load(log.append(...sampleEvents(1, arrivals.meanwhile)))
          }
          const expected = log.events
            .slice(0, asOf)
            .sort((a, b) => Date.parse(a.time) - Date.parse(b.time) || a.index - b.index)
          expect(seen).toEqual(indexes(order === 'asc' ? expected : expected.reverse()))
        }),
        { numRuns: runs, endOnFailure: true },
      ),
    ))

  test('every event comes back as it went in', () =>
    withStore(open, (store) =>
      fc.assert(
        fc.asyncProperty(fc.array(anyEvent, { minLength: 1, maxLength: 40 }), async (events) => {
          const log = newLog('/_audit')
          await store.load(log.append(...events))
          const answer = await store.search(log, { query: ask(''), order: 'asc', limit: 1000 })
          expect(answer.events.toSorted((a, b) => a.index - b.index)).toEqual(log.events)
        }),
        { numRuns: runs, endOnFailure: true },
      ),
    ))

  test('a query finds what its predicate finds', () =>
    withStore(open, (store) =>
      fc.assert(
        fc.asyncProperty(fc.array(anyEvent, { minLength: 10, maxLength: 40 }), anyQueries, async (events, texts) => {
          const log = newLog()
          await store.load(log.append(...events))
          const known = log.events
          for (const text of texts) await expectOracle(store, log, known, text)
        }),
        { numRuns: runs, endOnFailure: true },
      ),
    ))
}

const anyOrder = fc.constantFrom('desc' as const, 'asc' as const)
const anyArrivals = fc.record({ before: fc.array(fc.nat(9), { minLength: 1, maxLength: 20 }), meanwhile: fc.nat(9) })
const anyQueries = fc.array(anyQuery, { minLength: 30, maxLength: 30 })

/** Each case gets a log of its own in the same store. */
let logs = 0
const newLog = (suffix = '') => new WrittenLog(`tenant-${++logs}${suffix}`)

async function expectOracle(store: EventStore, log: Scope, events: readonly AuditEvent[], text: string): Promise<void> {
  const { query } = newest(text)
  const expected = events.filter(predicateOf(query)).map(({ index }) => index)
  const answer = await store.search(log, { query, order: 'desc', limit: 1000 })
  expect(
    indexes(answer.events).sort((a, b) => a - b),
    text,
  ).toEqual(expected)
  expect(answer.total, text).toBe(expected.length)
}
