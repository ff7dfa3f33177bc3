import { describe, expect, test } from 'vitest'
import type { Log } from './log.js'
import type { Commit } from './sequencer.js'
import { eventNumber } from './testing/events.js'
import { memorySealedHalf, SealedMemory } from './testing/memory-sealed-half.js'
import { SimulatedDisk } from './testing/simulated-disk.js'
import { openTestLog } from './testing/test-log.js'
import { readRecord } from './wal-record.js'

const DAY_MS = 86_400_000
const events = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => eventNumber(from + i))

/** A log whose days go by when told to. */
class Days {
  readonly disk = new SimulatedDisk()
  readonly memory = new SealedMemory()
  now = Date.UTC(2025, 0, 15, 12)

  open = (): Promise<Log> => {
    const sealed = memorySealedHalf(this.disk.fileSystem, this.memory)
    return openTestLog({ fs: this.disk.fileSystem, sealed, clock: () => this.now, limits: { groupBytes: 3_000 } })
  }

  /** Lets a day pass and does what a log does by itself from time to time. */
  async pass(log: Log): Promise<void> {
    await log.publish()
    this.now += DAY_MS
    await log.retire()
  }

  get wals(): string[] {
    return this.disk.paths.filter((path) => path.endsWith('.wal')).map((path) => path.slice(-16))
  }

  /** The leaves whose lines lie in those bytes. */
  leavesIn({ path, startByte, endByte }: Commit): number[] {
    const lines = this.disk.contents(path)!.subarray(startByte, endByte).toString().split('\n')
    return lines.flatMap((line) => readRecord(line, 0)?.index ?? [])
  }
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

describe('a follower', () => {
  test('keeps the WAL files it has not passed, over restarts, and no others', async () => {
    const days = new Days()
    let log = await days.open()
    const follower = await log.follow('index')
    await log.append(events(0, 10))
    await days.pass(log)
    await log.append(events(10, 15))
    await days.pass(log)
    expect(days.wals).toEqual(['000000000000.wal', '000000000011.wal'])
    follower.advance(10)
    await log.retire()
    expect(days.wals).toHaveLength(2)
    follower.advance(11)
    await log.retire()
    expect(days.wals).toEqual(['000000000011.wal'])
    await log.close()
    log = await days.open()
    expect((await log.follow('index')).cursor).toBe(11)
    await log.retire()
    expect(days.wals).toEqual(['000000000011.wal'])
    await (await log.follow('index')).remove()
    await log.retire()
    expect(days.wals).toEqual([])
    expect(log.size).toBe(16)
  })

  test('never goes back, and keeps everything when its cursor cannot be read', async () => {
    const days = new Days()
    const log = await days.open()
    const follower = await log.follow('tail', 5)
    follower.advance(3)
    expect(follower.cursor).toBe(5)
    days.disk.tamper('/data/log/followers/tail.json', () => Buffer.from('{"v":1,"ne'))
    expect((await (await days.open()).follow('tail')).cursor).toBe(0)
  })

  test('is told of every durable leaf once, in order, with the bytes where it lies', async () => {
    const days = new Days()
    const log = await days.open()
    const seen: Commit[] = []
    const stop = log.onCommitted((commit) => seen.push(commit))
    await Promise.all(range(0, 20).map((n) => log.append(events(5 * n, 5 * n + 5))))
    expect(seen.length).toBeGreaterThan(1)
    expect(seen.flatMap((commit) => days.leavesIn(commit))).toEqual(range(1, 101))
    for (const commit of seen) expect(days.leavesIn(commit)).toEqual(range(commit.first, commit.end))
    stop()
    const before = seen.length
    await log.append(events(200, 201))
    expect(seen).toHaveLength(before)
  })

  test('that throws hurts nobody', async () => {
    const days = new Days()
    const log = await days.open()
    const seen: number[] = []
    log.onCommitted(() => {
      throw new Error('no')
    })
    log.onCommitted(({ end }) => seen.push(end))
    expect(await log.append(events(0, 3))).toHaveLength(3)
    expect(seen).toEqual([4])
  })

  test.each([0, 1, 7, 12, 13, 40])(
    'catches up from leaf %i with whole lines out of sealed and open files',
    async (from) => {
      const days = new Days()
      let log = await days.open()
      await log.follow('index')
      await log.append(events(0, 12))
      await days.pass(log)
      for (const n of [12, 20, 28]) await log.append(events(n, n + 8))
      for (const restarted of [false, true]) {
        if (restarted) {
          await log.close()
          log = await days.open()
        }
        const slices: Commit[] = []
        for await (const slice of log.walSlices(from, 2_500)) slices.push(slice)
        expect(slices.flatMap((slice) => days.leavesIn(slice))).toEqual(range(from, log.size))
        for (const slice of slices) expect(days.leavesIn(slice)).toEqual(range(slice.first, slice.end))
      }
    },
  )
})

describe('a day that is over', () => {
  test('is sealed although no event came to say so', async () => {
    const days = new Days()
    const log = await days.open()
    await log.append(events(0, 3))
    await days.pass(log)
    expect(days.wals).toEqual([])
    expect((await log.append([eventNumber(1), eventNumber(9)])).map(({ status }) => status)).toEqual([
      'duplicate',
      'stored',
    ])
    expect(days.wals).toEqual(['000000000004.wal'])
  })

  test('gives every event a segment of the day it was received', async () => {
    const days = new Days()
    const log = await days.open()
    const under = [log.append(events(0, 50))]
    days.now += DAY_MS
    under.push(log.append(events(50, 100)))
    await Promise.all(under)
    for await (const { entry, event } of log.records(1, log.size)) {
      const day = Math.floor((JSON.parse(entry) as { t: number }).t / DAY_MS)
      const first = await log.record(event!.segmentFirst)
      expect(Math.floor((JSON.parse(first.entry) as { t: number }).t / DAY_MS)).toBe(day)
    }
  })
})
