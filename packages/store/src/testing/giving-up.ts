import { expect, test } from 'vitest'
import type { EventStore } from '../event-store.js'
import { ask } from './ask.js'
import { sampleEvents } from './sample-events.js'
import { withStore } from './with-store.js'
import { WrittenLog } from './written-log.js'

const request = { query: ask('action:*'), order: 'desc', limit: 1000 } as const
const scope = { log: 'acme' }

export function describeGivingUp(open: () => Promise<EventStore>): void {
  test('a question given up before it is asked is refused as cancelled', () =>
    withStore(open, async (store) => {
      await store.load(new WrittenLog('acme').append(...sampleEvents(3)))
      const signal = AbortSignal.abort()
      await expect(store.search(scope, request, { signal })).rejects.toMatchObject({ code: 'cancelled' })
      await expect(store.byIndex(scope, 0, { signal })).rejects.toMatchObject({ code: 'cancelled' })
      await expect(store.get(scope, '0194ffff-0000-7000-8000-000000000000', { signal })).rejects.toMatchObject({
        code: 'cancelled',
      })
      expect((await store.search(scope, request)).total).toBe(3)
    }))

  test('a closed store answers nothing and loads nothing', async () => {
    const store = await open()
    await store.close()
    await expect(store.search(scope, request)).rejects.toMatchObject({ code: 'busy' })
    await expect(store.byIndex(scope, 0)).rejects.toMatchObject({ code: 'busy' })
    await expect(store.load(new WrittenLog('acme').append(...sampleEvents(1)))).rejects.toMatchObject({ code: 'busy' })
    await store.close()
  })
}
