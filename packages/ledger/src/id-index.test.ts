import fc from 'fast-check'
import { beforeEach, expect, test, vi } from 'vitest'
import { IdIndex } from './id-index.js'
import { fingerprintOf, timeOfId } from './id-index-hash.js'
import { IdRunBuilder, idRunPath } from './id-index-run.js'
import { SimulatedDisk } from './testing/simulated-disk.js'

const directory = '/log'
const RANGE = 1000
let disk: SimulatedDisk
let ids: Map<number, string>

beforeEach(() => {
  disk = new SimulatedDisk()
  ids = new Map()
})

/** A UUIDv7 of a time, ms. */
const idAt = (timeMs: number, tail: number) => {
  const time = timeMs.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail.toString(16).padStart(12, '0')}`
}

async function writeRun(first: number, runIds: readonly string[], tLast = first): Promise<void> {
  const run = new IdRunBuilder()
  for (const [i, id] of runIds.entries()) {
    run.add(id, first + i)
    ids.set(first + i, id)
  }
  await run.write(disk.fileSystem, directory, first, tLast)
}

const openIndex = (firsts: number[], options: { idBytes?: number; rewrite?: (first: number) => Promise<void> } = {}) =>
  IdIndex.open(
    {
      fs: disk.fileSystem,
      directory,
      idAt: async (leaf) => ids.get(leaf),
      rewrite: () => Promise.reject(new Error('not damaged')),
      ...options,
    },
    firsts,
  )

test('the time of an id is its first 48 bits', () => {
  expect(timeOfId('01946a00-0000-7000-8000-000000000001')).toBe(0x01946a000000)
  expect(timeOfId(idAt(Date.UTC(2026, 10, 20), 5))).toBe(Date.UTC(2026, 10, 20))
})

test.each([{ idBytes: 1 << 20 }, { idBytes: 0 }])(
  'every id is found at its leaf, and no other is; $idBytes bytes',
  (memory) =>
    fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat({ max: 100_000 }), { minLength: 2, maxLength: 60 }), async (numbers) => {
        disk = new SimulatedDisk()
        const all = numbers.map((number) => idAt(1_000_000 + (number % 7) * 5000, number))
        const half = Math.floor(all.length / 2)
        await writeRun(0, all.slice(0, half))
        await writeRun(RANGE, all.slice(half))
        const index = await openIndex([0, RANGE], memory)
        for (const [i, id] of all.entries()) expect(await index.find(id)).toBe(i < half ? i : RANGE + i - half)
        for (const [i] of all.entries()) expect(await index.find(idAt(1_000_000, 200_000 + i))).toBeUndefined()
      }),
      { numRuns: 40 },
    ),
)

test('an id of another time than any sealed one is denied at once, without the disk', async () => {
  await writeRun(0, [idAt(1000, 1), idAt(2000, 2), idAt(9_000_000, 3)])
  const index = await openIndex([0])
  const calls = disk.calls
  expect(index.find(idAt(500, 1))).toBeUndefined()
  expect(index.find(idAt(5_000_000, 1))).toBeUndefined()
  expect(index.find(idAt(9_000_001, 1))).toBeUndefined()
  expect(disk.calls).toBe(calls)
})

test('once a run was looked into, a new id is denied at once by its filter', async () => {
  await writeRun(0, [idAt(1000, 1), idAt(1000, 2)])
  const index = await openIndex([0])
  expect(index.find(idAt(1000, 3))).toBeInstanceOf(Promise)
  await index.find(idAt(1000, 3))
  expect(index.find(idAt(1000, 3))).toBeUndefined()
})

test('ids that share a fingerprint are told apart by the segment', async () => {
  const [one, other] = twins()
  expect(fingerprintOf(one)).toBe(fingerprintOf(other))
  await writeRun(0, [one])
  const index = await openIndex([0])
  expect(await index.find(one)).toBe(0)
  expect(await index.find(other)).toBeUndefined()
  await writeRun(RANGE, [other])
  await index.add(RANGE)
  expect(await index.find(one)).toBe(0)
  expect(await index.find(other)).toBe(RANGE)
})

test('memory goes to the newest runs; older ones are searched on disk', async () => {
  await writeRun(0, [idAt(1000, 1)])
  await writeRun(RANGE, [idAt(1000, 2)])
  const index = await openIndex([0, RANGE], { idBytes: 8 })
  for (let round = 0; round < 2; round++) {
    expect(await index.find(idAt(1000, 1))).toBe(0)
    expect(await index.find(idAt(1000, 2))).toBe(RANGE)
  }
  const reads: string[] = []
  disk.onCall = ({ name, path }) => void reads.push(`${name} ${path}`)
  expect(await index.find(idAt(1000, 1))).toBe(0)
  expect(reads).toContain(`read ${idRunPath(directory, 0)}`)
})

test('runs go when their newest leaf is old enough', async () => {
  await writeRun(0, [idAt(1000, 1)], 5000)
  await writeRun(RANGE, [idAt(1000, 2)], 6000)
  const index = await openIndex([0, RANGE])
  await index.removeBefore(6000)
  expect(await index.find(idAt(1000, 1))).toBeUndefined()
  expect(await index.find(idAt(1000, 2))).toBe(RANGE)
  expect(disk.powerCut(() => 0).paths).toEqual([idRunPath(directory, RANGE)])
})

test('a run that is damaged anywhere is written anew, and nothing is forgotten', async () => {
  const all = [idAt(1000, 1), idAt(2000, 2), idAt(2000, 3)]
  await writeRun(0, all)
  const path = idRunPath(directory, 0)
  const whole = disk.contents(path) as Buffer
  for (let at = 0; at < whole.length; at += 3) {
    disk.tamper(path, () => Buffer.from(whole).fill((whole[at] as number) ^ 0x10, at, at + 1))
    const rewrite = vi.fn(() => writeRun(0, all))
    const index = await openIndex([0], { rewrite })
    for (const [i, id] of all.entries()) expect(await index.find(id)).toBe(i)
    expect(rewrite).toHaveBeenCalledOnce()
  }
})

/** Two ids with the same fingerprint: one in 2^32 pairs, so some hundred thousand ids have one. */
function twins(): [string, string] {
  const seen = new Map<number, string>()
  for (let i = 0; ; i++) {
    const id = idAt(1000, i)
    const twin = seen.get(fingerprintOf(id))
    if (twin) return [twin, id]
    seen.set(fingerprintOf(id), id)
  }
}
