import { randomBytes } from 'node:crypto'
import { link, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { backupLog } from './backup.js'
import { restoreBackup } from './backup-restore.js'
import { verifyBackup } from './backup-verify.js'
import { fileHeadCell } from './file-head-cell.js'
import type { FileSystem } from './file-system.js'
import type { Log } from './log.js'
import { nodeFileSystem } from './node-file-system.js'
import { SealedFiles } from './sealed-files.js'
import { eventNumber } from './testing/events.js'
import { SimulatedDisk } from './testing/simulated-disk.js'
import { openTestLog, TEST_ORIGIN, testKey } from './testing/test-log.js'

const soak = Number(process.env.TIDEMARK_SOAK ?? 0) > 0
const HOUR_MS = 3_600_000
const masterKey = Buffer.alloc(32, 7)

let disk: SimulatedDisk
let nowMs: number

beforeEach(() => {
  disk = new SimulatedDisk()
  nowMs = Date.UTC(2025, 0, 15, 9)
})

async function openOn(fs: FileSystem, directory = '/data/log', head = '/head'): Promise<Log> {
  const sealed = await SealedFiles.open({ fs, directory, origin: TEST_ORIGIN, masterKey, random: randomBytes })
  const headCell = fileHeadCell(fs, head)
  return openTestLog({ fs, directory, sealed, headCell, clock: () => nowMs, acceptHead: head !== '/head' })
}

const eventsFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => eventNumber(first + i))

/** A log with two sealed days, and a third one in its write-ahead log. */
async function threeDays(fs: FileSystem): Promise<Log> {
  const log = await openOn(fs)
  for (let day = 0; day < 3; day++) {
    await log.append(eventsFrom(100 * day, 100))
    await log.publish()
    await log.retire()
    nowMs += 24 * HOUR_MS
  }
  return log
}

async function recordsOf(log: Log, end: number) {
  const records = []
  for await (const { index, entry, event } of log.records(0, end)) records.push({ index, entry, event })
  return records
}

const backUp = (target = '/backup') => backupLog({ fs: disk.fileSystem, directory: '/data/log', target, now: nowMs })

test('a backup holds what was signed, and comes back as the same log', async () => {
  const log = await threeDays(disk.fileSystem)
  await log.append(eventsFrom(900, 20))
  const manifest = await backUp()
  expect(manifest).toMatchObject({ origin: TEST_ORIGIN, size: 301, takenAt: nowMs })
  expect(await verifyBackup(disk.fileSystem, '/backup', { trusted: [testKey] })).toEqual({ valid: true, manifest })

  await restoreBackup(disk.fileSystem, '/backup', '/restored')
  const restored = await openOn(disk.powerCut(() => 0).fileSystem, '/restored', '/head-2')
  expect(restored.size).toBe(301)
  expect(restored.checkpoint?.note).toBe(log.checkpoint?.note)
})

test('a restored log has every record, finds retries, and goes on', async () => {
  const log = await threeDays(disk.fileSystem)
  await backUp()
  await restoreBackup(disk.fileSystem, '/backup', '/restored')
  const restored = await openOn(disk.fileSystem, '/restored', '/head-2')
  expect(await recordsOf(restored, restored.size)).toEqual(await recordsOf(log, restored.size))
  const [retried, fresh] = await restored.append([eventNumber(5), eventNumber(5000)])
  expect(retried).toMatchObject({ status: 'duplicate' })
  expect(fresh?.receipt.index).toBe(301)
})

test('while events come in and ranges are sealed and removed, a backup is still one moment of the log', async () => {
  const log = await threeDays(disk.fileSystem)
  for (let round = 0; round < (soak ? 100 : 5); round++) {
    let isDone = false
    const target = `/backup-${round}`
    const backup = backUp(target).finally(() => {
      isDone = true
    })
    for (let step = round; !isDone; step++) {
      await log.append(eventsFrom(1000 + 5000 * round + 10 * step, 10))
      if (step % 3 === 0) await log.publish()
      if (step % 5 === 0) nowMs += 13 * HOUR_MS
      if (step % 7 === 0) await log.retire()
    }
    const manifest = await backup
    expect(await verifyBackup(disk.fileSystem, target)).toEqual({ valid: true, manifest })
    await restoreBackup(disk.fileSystem, target, `/restored-${round}`)
    const restored = await openOn(disk.fileSystem, `/restored-${round}`, `/head-${round}`)
    expect(restored.size).toBe(manifest.size)
    expect(await recordsOf(restored, restored.size)).toEqual(await recordsOf(log, restored.size))
  }
})

test('a file of a backup that changed or went is named, and not restored', async () => {
  await threeDays(disk.fileSystem)
  const { files } = await backUp()
  for (const { path } of files.filter((_, i) => i % 5 === 0)) {
    const whole = disk.contents(`/backup/${path}`) as Buffer
    disk.tamper(`/backup/${path}`, (bytes) => bytes.fill((bytes[0] as number) ^ 1, 0, 1))
    expect(await verifyBackup(disk.fileSystem, '/backup')).toEqual({
      valid: false,
      problems: [{ path, problem: 'altered' }],
    })
    await expect(restoreBackup(disk.fileSystem, '/backup', `/restored/${path}`)).rejects.toMatchObject({
      code: 'damaged',
      file: `/backup/${path}`,
    })
    disk.tamper(`/backup/${path}`, () => whole)
  }
  disk.lose('/backup/checkpoint')
  expect(await verifyBackup(disk.fileSystem, '/backup')).toEqual({
    valid: false,
    problems: [{ path: 'checkpoint', problem: 'missing' }],
  })
})

test('a forged backup with a manifest that fits does not have the signed root', async () => {
  const log = await threeDays(disk.fileSystem)
  disk.tamper('/data/log/tile/entries/000', (bytes) => bytes.fill('A', 9, 12))
  await backUp()
  expect(await verifyBackup(disk.fileSystem, '/backup')).toMatchObject({ problems: [{ problem: 'wrong-root' }] })
  expect(log.size).toBe(301)
})

test('the signature counts when keys are given', async () => {
  await threeDays(disk.fileSystem)
  await backUp()
  const verdict = await verifyBackup(disk.fileSystem, '/backup', { trusted: [] })
  expect(verdict).toMatchObject({ valid: false, problems: [{ path: 'checkpoint', problem: 'bad-checkpoint' }] })
})

test('an interrupted backup is no backup', async () => {
  await threeDays(disk.fileSystem)
  disk.onCall = ({ path }) => (path.includes('SHA256SUMS') ? { code: 'ENOSPC', landed: 'torn' } : undefined)
  await expect(backUp()).rejects.toMatchObject({ code: 'ENOSPC' })
  disk.onCall = () => undefined
  await expect(restoreBackup(disk.fileSystem, '/backup', '/restored')).rejects.toMatchObject({ code: 'not_a_backup' })
  expect(await verifyBackup(disk.fileSystem, '/backup')).toMatchObject({ valid: false })
})

test('nothing is ever written over: neither by a backup nor by a restore', async () => {
  await threeDays(disk.fileSystem)
  await backUp()
  await expect(backUp()).rejects.toMatchObject({ code: 'not_empty' })
  await expect(restoreBackup(disk.fileSystem, '/backup', '/data/log')).rejects.toMatchObject({ code: 'not_empty' })
})

test('a log that signed nothing cannot be backed up', async () => {
  await expect(backUp()).rejects.toMatchObject({ code: 'no_checkpoint' })
})

test('a destroyed key stays destroyed: its segment is disposed of in the backup too', async () => {
  await threeDays(disk.fileSystem)
  disk.lose('/data/log/keys/data/2025-01-15-000000000000.key')
  disk.lose('/data/log/segments/data/2025-01-15-000000000000.seg')
  await backUp()
  expect((await verifyBackup(disk.fileSystem, '/backup')).valid).toBe(true)
  await restoreBackup(disk.fileSystem, '/backup', '/restored')
  const restored = await openOn(disk.fileSystem, '/restored', '/head-2')
  const states = (await recordsOf(restored, 101)).filter(({ event }) => !event)
  expect(states).toHaveLength(34)
})

test('with links, files that never change are not written twice', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tidemark-backup-'))
  try {
    const fs = nodeFileSystem()
    const [from, target] = [join(directory, 'log'), join(directory, 'backup')]
    const log = await openOn(fs, from, join(directory, 'head'))
    await log.append(eventsFrom(0, 300))
    await log.publish()
    nowMs += 24 * HOUR_MS
    await log.append(eventsFrom(300, 3))
    await log.publish()
    await log.retire()
    await log.close()
    const manifest = await backupLog({ fs, directory: from, target, now: nowMs, link })
    expect(await verifyBackup(fs, target)).toEqual({ valid: true, manifest })
    const linked = async (path: string) => (await stat(join(target, path))).nlink === 2
    expect(await linked('tile/entries/000')).toBe(true)
    expect(await linked('segments/data/2025-01-15-000000000000.seg')).toBe(true)
    for (const path of ['checkpoint', 'vault/people.keys', 'keys/data/2025-01-15-000000000000.key']) {
      expect(await linked(path), path).toBe(false)
    }
    const [wal] = await readdir(join(target, 'wal'))
    expect(await linked(`wal/${wal}`)).toBe(false)
  } finally {
    await rm(directory, { recursive: true })
  }
})
