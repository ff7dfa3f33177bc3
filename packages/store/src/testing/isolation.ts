import { expect, test } from 'vitest'
import type { EventStore } from '../event-store.js'
import { ask } from './ask.js'
import { sampleEvents } from './sample-events.js'
import { withStore } from './with-store.js'
import { WrittenLog } from './written-log.js'

/** Query texts that would reach further if a store pasted them into its own. */
const oddTexts = [
  'actor_id:ada OR NOT actor_id:ada',
  'NOT NOT (action:* OR action:*)',
  'tenant:globex',
  'tenant:acme OR tenant:globex',
  'NOT tenant:acme',
  'log:*',
  '"\' OR 1=1 --"',
  "actor_id:\"') OR ('1'='1\"",
  '"; DROP TABLE events; --"',
  "details.a'b:*",
  '"$1 $2 ?"',
  'index:>=0',
]

export function describeIsolation(open: () => Promise<EventStore>): void {
  test('no question reaches another log, whatever its text', () =>
    withStore(open, async (store) => {
      const logs = ['acme', 'acme/_audit', 'globex'].map((name) => new WrittenLog(name))
      for (const log of logs) await store.load(log.append(...sampleEvents(8)))
      for (const { log, events } of logs) {
        const own = new Set(events.map(({ id }) => id))
        const others = logs.flatMap((other) => (other.log === log ? [] : other.events))
        for (const text of oddTexts) {
          const query = ask(text)
          const { events: found, total } = await store.search({ log }, { query, order: 'asc', limit: 1000 })
          expect(total, text).toBe(found.length)
          expect(found.length, text).toBeLessThanOrEqual(8)
          for (const event of found)
            expect(event, text).toMatchObject({ tenant: log.split('/')[0], ...(log.includes('/') ? { log } : {}) })
        }
        for (const { id } of others.filter((event) => !own.has(event.id)))
          expect(await store.get({ log }, id)).toBeNull()
      }
    }))

  test('the names of tenant and log are those of the log asked', () =>
    withStore(open, async (store) => {
      for (const log of ['acme', 'acme/_audit', 'globex'])
        await store.load(new WrittenLog(log).append(...sampleEvents(3)))
      const total = async (log: string, text: string) =>
        (await store.search({ log }, { query: ask(text), order: 'asc', limit: 1 })).total
      expect(await total('globex', 'tenant:acme')).toBe(0)
      expect(await total('globex', 'tenant:globex')).toBe(3)
      expect(await total('acme', 'log:*')).toBe(0)
      expect(await total('acme/_audit', 'tenant:acme AND log:"acme/_audit"')).toBe(3)
      expect(await total('umbrella', '')).toBe(0)
    }))

  test('an id that two logs share gives each its own event', () =>
    withStore(open, async (store) => {
      const logs = ['acme', 'globex'].map((name) => new WrittenLog(name))
      for (const [n, log] of logs.entries()) await store.load(log.append(...sampleEvents(1, n)))
      const [one, other] = logs.map((log) => log.events[0]!)
      expect(one!.id).toBe(other!.id)
      expect(await store.get({ log: 'acme' }, one!.id)).toEqual(one)
      expect(await store.get({ log: 'globex' }, one!.id)).toEqual(other)
    }))
}
