import { crc32 } from 'node:zlib'
import { beforeEach, expect, test } from 'vitest'
import { sealWal } from './seal.js'
import { SealedReader } from './sealed-reader.js'
import { eventNumber } from './testing/events.js'
import { SealableLog } from './testing/sealable-log.js'
import { SimulatedDisk } from './testing/simulated-disk.js'
import { Vault } from './vault.js'
import { commitLine } from './wal-line.js'

let disk: SimulatedDisk
let log: SealableLog

beforeEach(() => {
  disk = new SimulatedDisk()
  log = new SealableLog({ directory: '/log', fs: disk.fileSystem })
})

const eventsFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => eventNumber(first + i))

/** The paths below the log's directory, without those that a WAL and its tiles had before. */
const sealedPaths = () => disk.paths.filter((path) => !/^\/log\/(wal|tile|keys)\//.test(path))

test('a WAL becomes a segment for each class, a locator, a vault file and a run of ids', async () => {
  const range = await sealWal(await log.writeWal(['{"genesis":true}', ...eventsFrom(0, 9)]), log)
  expect(range).toMatchObject({ first: 0, end: 10, newRecords: 9 })
  expect(range.segments.map(({ retentionClass, count }) => `${retentionClass} ${count}`)).toEqual([
    'financial 3',
    'data 3',
    'authentication 3',
  ])
  expect(sealedPaths()).toEqual([
    '/log/ids/000000000000.ids',
    '/log/locator/000000000000.loc',
    '/log/segments/authentication/2026-11-20-000000000000.seg',
    '/log/segments/data/2026-11-20-000000000000.seg',
    '/log/segments/financial/2026-11-20-000000000000.seg',
    '/log/vault/000000000000.vault',
    '/log/vault/people.keys',
  ])
})

test('what was sealed survives a power cut', async () => {
  await sealWal(await log.writeWal(eventsFrom(0, 300)), log)
  const before = sealedPaths()
  disk = disk.powerCut(() => 0)
  expect(sealedPaths()).toEqual(before)
})

test('a record goes to the vault once, with the first range that uses it', async () => {
  await sealWal(await log.writeWal(eventsFrom(0, 60)), log)
  expect(await sealWal(await log.writeWal(eventsFrom(60, 60)), log)).toMatchObject({ first: 60, newRecords: 0 })
})

test('a WAL with any bit changed is not sealed, and said to be the damaged file', async () => {
  const path = await log.writeWal(['{"genesis":true}', ...eventsFrom(0, 3)], 2)
  const whole = disk.contents(path) as Buffer
  for (let at = 0; at < whole.length; at += 7) {
    disk.tamper(path, () => Buffer.from(whole).fill((whole[at] as number) ^ (1 << (at % 8)), at, at + 1))
    await expect(sealWal(path, log)).rejects.toMatchObject({ code: 'corrupt', file: path })
    expect(sealedPaths().filter((name) => name.endsWith('.loc'))).toEqual([])
  }
})

test('an event that its entry does not commit to is not sealed, even with a commit line that fits', async () => {
  const path = await log.writeWal(eventsFrom(0, 5))
  for (const [part, forged] of [
    ['core', '"outcome":"success"'],
    ['personal', '"Person 2"'],
    ['content', '"amount":2'],
  ]) {
    const lines = log.lines.map((line) => Buffer.from(line))
    expect(lines[2]?.includes(forged as string), part).toBe(true)
    lines[2] = Buffer.from((lines[2] as Buffer).toString().replace(forged as string, `${forged}`.replace(/[2s]/, '3')))
    const bytes = Buffer.concat(lines)
    disk.tamper(path, () => Buffer.concat([bytes, Buffer.from(commitLine(5, crc32(bytes), 5))]))
    await expect(sealWal(path, log), part).rejects.toThrow('the entry of leaf 2 does not commit to its event')
  }
})

test('a batch without its commit line is not sealed', async () => {
  const path = await log.writeWal(eventsFrom(0, 5))
  disk.tamper(path, (bytes) => bytes.subarray(0, bytes.lastIndexOf('{"commit"')))
  await expect(sealWal(path, log)).rejects.toMatchObject({ code: 'corrupt', file: path })
})

test('a record number that stands for something else in the vault is refused', async () => {
  const forgetful = await Vault.open(log)
  await sealWal(await log.writeWal(eventsFrom(0, 5)), log)
  log.useVault(forgetful)
  const path = await log.writeWal(eventsFrom(20, 5))
  await expect(sealWal(path, log)).rejects.toThrow('vault record 0 is another one in the vault')
})

test('a record that came to be used only after its successors is not lost', async () => {
  const vault = await log.vault()
  vault.personalRecord('user-30', eventNumber(30).personal)
  expect(await sealWal(await log.writeWal(eventsFrom(0, 3)), log)).toMatchObject({ newRecords: 3 })
  expect(await sealWal(await log.writeWal(eventsFrom(30, 1)), log)).toMatchObject({ newRecords: 1 })
  const reader = await SealedReader.open(log)
  expect((await reader.record(3)).event).toMatchObject({ vaultRecord: 0, personal: eventNumber(30).personal })
})

test('ranges are sealed in order', async () => {
  const first = await log.writeWal(eventsFrom(0, 5))
  const second = await log.writeWal(eventsFrom(5, 5))
  await expect(sealWal(second, log)).rejects.toThrow('leaves 0 … 4 are not sealed yet')
  await sealWal(first, log)
  await sealWal(second, log)
})

test('without the key of a segment nothing is sealed', async () => {
  const path = await log.writeWal(eventsFrom(0, 5))
  disk.lose('/log/keys/data/2026-11-20-000000000000.key')
  await expect(sealWal(path, log)).rejects.toThrow('the key of segment data/2026-11-20-000000000000 is missing')
})

test('lines longer than a read are put together', async () => {
  const content = JSON.stringify({ message: 'x'.repeat(3_000_000) })
  const range = await sealWal(await log.writeWal([eventNumber(0, { content }), eventNumber(1)]), log)
  expect(range.end).toBe(2)
})

test('another quality gives another size, and the same events', async () => {
  const path = await log.writeWal(eventsFrom(0, 200))
  const sizes = []
  for (const quality of [1, 9]) {
    const { segments } = await sealWal(path, { ...log, quality })
    sizes.push(segments.reduce((sum, { bytes }) => sum + bytes, 0))
  }
  expect(sizes[1]).toBeLessThan(sizes[0] as number)
})
