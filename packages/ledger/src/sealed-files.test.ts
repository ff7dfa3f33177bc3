import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import type { FileSystem } from './file-system.js'
import { IDS_KEPT_MS } from './id-index.js'
import { masterKeyring } from './keyring.js'
import { nodeFileSystem } from './node-file-system.js'
import { sealWal } from './seal.js'
import { SealThread } from './seal-thread.js'
import { SealedFiles } from './sealed-files.js'
import { walLines } from './sealed-lines.js'
import { SealedReader } from './sealed-reader.js'
import { crashStory } from './testing/crash-story.js'
import { eventNumber, idNumber } from './testing/events.js'
import { SealableLog } from './testing/sealable-log.js'
import { type DiskFault, SimulatedDisk } from './testing/simulated-disk.js'
import { openTestLog, TEST_ORIGIN } from './testing/test-log.js'

const soak = Number(process.env.TIDEMARK_SOAK ?? 0) > 0
const masterKey = Buffer.alloc(32, 7)

let disk: SimulatedDisk
let log: SealableLog

beforeEach(() => {
  disk = new SimulatedDisk()
  log = new SealableLog({ directory: '/log', fs: disk.fileSystem })
})

const eventsFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => eventNumber(first + i))

const openOn = (fs: FileSystem, origin = log.origin) =>
  SealedFiles.open({ fs, directory: '/log', origin, masterKey, random: randomBytes })

async function linesOf(reader: SealedReader): Promise<string> {
  let text = ''
  for await (const { bytes } of walLines(reader, 0, await reader.size())) text += bytes.toString()
  return text
}

test('what is sealed can be read and found by its id at once, and after a restart', async () => {
  const sealed = await openOn(disk.fileSystem)
  const path = await log.writeWal(eventsFrom(0, 40))
  expect(sealed.ids.find(idNumber(3))).toBeUndefined()
  await sealed.seal({ path, first: 0, end: 40 })
  for (const files of [sealed, await openOn(disk.fileSystem)]) {
    expect(await files.ids.find(idNumber(3))).toBe(3)
    expect(await files.ids.find(idNumber(40))).toBeUndefined()
    expect(await linesOf(files.reader)).toBe(Buffer.concat(log.lines).toString())
  }
})

test('ids are kept for seven days of the log, and those lost before that come back at the next start', async () => {
  const sealed = await openOn(disk.fileSystem)
  for (const [first, laterMs] of [
    [0, 0],
    [10, IDS_KEPT_MS / 2],
    [20, IDS_KEPT_MS / 2],
  ] as const) {
    log.nowMs += laterMs
    await sealed.seal({ path: await log.writeWal(eventsFrom(first, 10)), first, end: first + 10 })
  }
  expect(disk.paths.filter((path) => path.endsWith('.ids'))).toHaveLength(2)
  disk.lose('/log/ids/000000000010.ids')
  const again = await openOn(disk.fileSystem)
  expect(await again.ids.find(idNumber(5))).toBeUndefined()
  expect(await again.ids.find(idNumber(15))).toBe(15)
  expect(disk.paths.filter((path) => path.endsWith('.ids'))).toHaveLength(2)
})

test('an id whose segment lost its key is refused, not taken for a new one', async () => {
  await (await openOn(disk.fileSystem)).seal({ path: await log.writeWal(eventsFrom(0, 3)), first: 0, end: 3 })
  const { retentionClass } = eventNumber(0)
  const key = `/log/keys/${retentionClass}/2026-11-20-000000000000.key`
  disk.lose(key)
  const again = await openOn(disk.fileSystem)
  await expect(again.ids.find(idNumber(0))).rejects.toMatchObject({ code: 'corrupt', file: key })
})

test('a failed or interrupted sealing can be repeated, whichever call of the disk it was', async () => {
  await sealWal(await log.writeWal(eventsFrom(0, 6)), log)
  const path = await log.writeWal(eventsFrom(6, 6))
  const faults: (DiskFault | 'power-cut')[] = [
    'power-cut',
    { code: 'EIO', landed: false },
    { code: 'ENOSPC', landed: 'torn' },
    { code: 'EIO', landed: true },
  ]
  for (let call = 0; ; call++) {
    for (const fault of soak ? faults : [faults[call % faults.length]]) {
      const trial = await copyOf(disk)
      const start = trial.calls
      trial.onCall = ({ number }) => (number === start + call ? fault : undefined)
      const first = await sealWal(path, { ...log, fs: trial.fileSystem }).catch(() => null)
      if (first && trial.calls <= start + call) return expect(call).toBeGreaterThan(60)
      trial.onCall = () => undefined
      const after = fault === 'power-cut' ? trial.powerCut((n) => (call * 7) % n) : trial
      await sealWal(path, { ...log, fs: after.fileSystem })
      const reader = await SealedReader.open({ ...log, fs: after.fileSystem })
      expect(await linesOf(reader), `call ${call}`).toBe(Buffer.concat(log.lines).toString())
    }
  }
})

test('half-sealed ranges are not there for readers', async () => {
  const path = await log.writeWal(eventsFrom(0, 30))
  disk.onCall = ({ path }) => (path.includes('/locator/') ? { code: 'EIO', landed: false } : undefined)
  await expect(sealWal(path, log)).rejects.toMatchObject({ code: 'EIO' })
  const sealed = await openOn(disk.fileSystem)
  expect(await sealed.reader.size()).toBe(0)
  expect(sealed.ids.find(idNumber(3))).toBeUndefined()
})

test('the lines made from segments are those that a running log had written', async () => {
  let nowMs = Date.UTC(2025, 0, 15, 9)
  const options = { fs: disk.fileSystem, directory: '/data/log', origin: TEST_ORIGIN, masterKey, random: randomBytes }
  const sealed = await SealedFiles.open(options)
  const running = await openTestLog({ ...options, sealed, clock: () => nowMs })
  await running.append(eventsFrom(0, 300))
  const written = disk.contents('/data/log/wal/000000000000.wal') as Buffer
  nowMs += 86_400_000
  await running.append(eventsFrom(300, 1))
  await running.publish()
  await running.retire()
  expect(disk.contents('/data/log/wal/000000000000.wal')).toBeUndefined()
  expect(await linesOf(sealed.reader)).toBe(written.toString().replaceAll(/\{"commit":.*\n/g, ''))
})

test.each([{ faultRate: 0 }, { faultRate: 0.02 }])(
  'a whole log on sealed files keeps its promises through power cuts; fault rate $faultRate',
  async ({ faultRate }) => {
    const sealedOn = (fs: FileSystem) =>
      SealedFiles.open({ fs, directory: '/data/log', origin: TEST_ORIGIN, masterKey, random: randomBytes })
    const property = fc.asyncProperty(fc.integer(), async (seed) => {
      expect(await crashStory(seed, { lives: 4, acts: 8, faultRate, sealedOn })).toEqual([])
    })
    await fc.assert(property, { numRuns: soak ? 2_000 : 15 })
  },
  soak ? 3_600_000 : 30_000,
)

test('a thread seals as well, for several logs in turn, and says what it refuses', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tidemark-seal-'))
  const thread = new SealThread()
  try {
    const real = new SealableLog({ directory, fs: nodeFileSystem() })
    const path = await real.writeWal(eventsFrom(0, 300))
    await cp(directory, `${directory}-copy`, { recursive: true })
    const request = { walPath: path, directory, origin: real.origin, masterKey }
    const refused = thread.seal({ ...request, masterKey: Buffer.alloc(32, 8) })
    const sealed = thread.seal(request)
    await expect(refused).rejects.toMatchObject({ name: 'LedgerError', code: 'corrupt' })
    expect(await sealed).toMatchObject({ first: 0, end: 300, newRecords: 50 })
    expect(await linesOf(await SealedReader.open(real))).toBe(Buffer.concat(real.lines).toString())
    const here = await sealWal(join(`${directory}-copy`, 'wal/000000000000.wal'), {
      ...real,
      directory: `${directory}-copy`,
      keyring: masterKeyring(masterKey, randomBytes),
    })
    expect(await sealed).toEqual(here)
  } finally {
    await thread.close()
    await rm(directory, { recursive: true })
    await rm(`${directory}-copy`, { recursive: true, force: true })
  }
})

/** A disk with the same files, all of them durable. */
async function copyOf(original: SimulatedDisk): Promise<SimulatedDisk> {
  const copy = new SimulatedDisk()
  for (const path of original.paths) {
    const file = await copy.fileSystem.open(path, 'create')
    await file.write(original.contents(path) as Buffer, 0)
    await file.sync()
    await copy.fileSystem.syncDir(dirname(path))
  }
  return copy
}
