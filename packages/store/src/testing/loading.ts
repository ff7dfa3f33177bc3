import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { EventStore, LoadBatch } from '../event-store.js'
import { ask } from './ask.js'
import { sampleEvents } from './sample-events.js'
import { withStore } from './with-store.js'
import { joined, WrittenLog } from './written-log.js'

const count = async (store: EventStore, log: string) =>
  (await store.search({ log }, { query: ask(''), order: 'asc', limit: 1000 })).total

export function describeLoading(open: () => Promise<EventStore>): void {
  test('a log never seen has no leaves', () =>
    withStore(open, async (store) => {
      expect(await store.cursor('acme')).toBe(0)
      expect(await count(store, 'acme')).toBe(0)
    }))

  test('batches move the cursor by their leaves, control entries and commit lines are not events', () =>
    withStore(open, async (store) => {
      const log = new WrittenLog('acme')
      await store.load(log.appendControl())
      expect(await store.cursor('acme')).toBe(1)
      await store.load(joined([log.append(...sampleEvents(3)), log.appendControl(), log.append(...sampleEvents(2, 3))]))
      expect(await store.cursor('acme')).toBe(7)
      expect(await count(store, 'acme')).toBe(5)
      expect(await store.byIndex({ log: 'acme' }, 4)).toBeNull()
    }))

  test('a batch that was loaded before changes nothing', () =>
    withStore(open, async (store) => {
      const log = new WrittenLog('acme')
      const batches = [log.append(...sampleEvents(2)), log.append(...sampleEvents(2, 2))]
      for (const batch of [...batches, ...batches]) await store.load(batch)
      expect(await count(store, 'acme')).toBe(4)
    }))

  test('a batch that leaves a gap, or begins inside what is loaded, is refused and nothing of it stays', () =>
    withStore(open, async (store) => {
      const log = new WrittenLog('acme')
      const [first, second, third] = [1, 2, 3].map((n) => log.append(...sampleEvents(2, n * 2))) as LoadBatch[]
      await store.load(first!)
      await expect(store.load(third!)).rejects.toMatchObject({ code: 'gap', cursor: 2 })
      await expect(store.load(joined([first!, second!]))).rejects.toMatchObject({ code: 'overlap', cursor: 2 })
      expect(await store.cursor('acme')).toBe(2)
      expect(await count(store, 'acme')).toBe(2)
    }))

  test('lines that are not the leaves of the batch are refused and nothing of them stays', () =>
    withStore(open, async (store) => {
      const log = new WrittenLog('acme')
      const whole = log.append(...sampleEvents(3))
      const bytes = (whole.source as { bytes: Uint8Array }).bytes
      const later = new WrittenLog('acme')
      later.appendControl()
      const damaged = [
        { ...later.append(...sampleEvents(3)), first: 0, end: 3 },
        { ...whole, end: 4 },
        { ...whole, end: 2 },
        { ...whole, source: { bytes: bytes.slice(0, bytes.length / 2) } },
        { ...whole, source: { bytes: bytes.map((byte, n) => (n === 400 ? 0 : byte)) } },
        { ...whole, source: { path: join(tmpdir(), 'there-is-no-such.wal'), start: 0, end: 10 } },
      ]
      for (const batch of damaged) await expect(store.load(batch)).rejects.toMatchObject({ code: 'unreadable' })
      expect(await store.cursor('acme')).toBe(0)
      expect(await count(store, 'acme')).toBe(0)
      await store.load(whole)
      expect(await count(store, 'acme')).toBe(3)
    }))

  test('a batch can be a range of bytes of a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tidemark-store-'))
    try {
      await withStore(open, async (store) => {
        const log = new WrittenLog('acme')
        const batches = [
          log.append(...sampleEvents(2)),
          log.append(...sampleEvents(3, 2)),
          log.append(...sampleEvents(1, 5)),
        ]
        const texts = batches.map(({ source }) => (source as { bytes: Uint8Array }).bytes)
        const path = join(folder, "000000000000 it's.wal")
        await writeFile(path, Buffer.concat(texts))
        let start = 0
        for (const [n, { first, end }] of batches.entries()) {
          await store.load({ log: 'acme', first, end, source: { path, start, end: start + texts[n]!.length } })
          start += texts[n]!.length
        }
        expect(await store.cursor('acme')).toBe(6)
        expect(await count(store, 'acme')).toBe(6)
      })
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('batches of several logs may be loaded at the same time', () =>
    withStore(open, async (store) => {
      const logs = ['acme', 'acme/_audit', 'globex'].map((name) => new WrittenLog(name))
      await Promise.all(
        logs.flatMap((log, n) => [
          store.load(log.append(...sampleEvents(n + 1))),
          store.load(log.append(...sampleEvents(1))),
        ]),
      )
      expect(await Promise.all(logs.map(({ log }) => store.cursor(log)))).toEqual([2, 3, 4])
      expect(await Promise.all(logs.map(({ log }) => count(store, log)))).toEqual([2, 3, 4])
    }))
}
