import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { LedgerNotice } from './notice.js'
import { eventNumber } from './testing/events.js'
import { memorySealedHalf, SealedMemory } from './testing/memory-sealed-half.js'
import { SimulatedDisk } from './testing/simulated-disk.js'
import { openTestLog, type TestLogOptions } from './testing/test-log.js'
import { Witness } from './testing/witness.js'

const WAL = '/data/log/wal/000000000000.wal'
const HEAD = '/head/tidemark.test%2Ft%2Facme.head'
const CHECKPOINT = '/data/log/checkpoint'
const DAY_MS = 86_400_000
const all = Array.from({ length: 1_400 }, (_, n) => eventNumber(n))
const events = (from: number, to: number) => all.slice(from, to)

/** A log that was closed: genesis, then 5 events that are signed, then 2 batches that are not. */
async function closedLog() {
  const disk = new SimulatedDisk()
  const witness = new Witness()
  const log = await openTestLog({ fs: disk.fileSystem })
  await witness.append(log, events(0, 5))
  witness.see(await log.publish())
  const signedBytes = disk.contents(WAL)!.length
  await witness.append(log, events(5, 8))
  const wholeBytes = disk.contents(WAL)!.length
  await witness.append(log, events(8, 10))
  return { disk, witness, signedBytes, wholeBytes }
}

const refusal = (options: TestLogOptions) =>
  openTestLog(options).then(
    () => 'opened',
    (error: { code: string }) => error,
  )

describe('after a crash', () => {
  test('a last batch cut at any byte never happened, and the log goes on without it', async () => {
    const { disk, wholeBytes } = await closedLog()
    const bytes = disk.contents(WAL)!
    for (let length = wholeBytes; length < bytes.length; length += length < bytes.length - 30 ? 89 : 1) {
      disk.tamper(WAL, () => bytes.subarray(0, length))
      const notices: LedgerNotice[] = []
      const log = await openTestLog({ fs: disk.fileSystem, report: (notice) => notices.push(notice) })
      expect(log.size).toBe(9)
      expect(notices.map(({ code, file, offset }) => ({ code, file, offset }))).toEqual(
        length === wholeBytes ? [] : [{ code: 'torn_tail', file: WAL, offset: wholeBytes }],
      )
      expect(disk.contents(WAL)).toEqual(bytes.subarray(0, wholeBytes))
      expect((await log.append([eventNumber(9)]))[0]).toMatchObject({ status: 'stored', receipt: { index: 9 } })
      disk.lose(CHECKPOINT)
      disk.lose(HEAD)
    }
  })

  test('a write-ahead log cut below what was signed is refused, with advice', async () => {
    const { disk, signedBytes } = await closedLog()
    disk.tamper(WAL, (bytes) => bytes.subarray(0, signedBytes - 1))
    expect(await refusal({ fs: disk.fileSystem })).toMatchObject({
      code: 'rolled_back',
      message: expect.stringContaining('a tree of 6 was signed'),
      advice: expect.stringContaining('tidemark restore'),
    })
  })

  test('a changed byte is refused with its file and place, and nothing is written', async () => {
    const { disk } = await closedLog()
    const size = disk.contents(WAL)!.length
    for (let at = 3; at < size; at += 397) {
      disk.tamper(WAL, (bytes) => bytes.fill(bytes[at]! ^ 1, at, at + 1))
      const before = disk.paths.map((path) => [path, disk.contents(path)])
      expect(await refusal({ fs: disk.fileSystem })).toMatchObject({
        code: 'corrupt',
        file: WAL,
        offset: expect.any(Number),
      })
      expect(disk.paths.map((path) => [path, disk.contents(path)])).toEqual(before)
      disk.tamper(WAL, (bytes) => bytes.fill(bytes[at]! ^ 1, at, at + 1))
    }
  })

  test('an entry rewritten together with its checksum has another root than the signed one', async () => {
    const { disk } = await closedLog()
    disk.tamper(WAL, (bytes) =>
      Buffer.from(withNewChecksums(bytes.toString().replace('"s":"billing"', '"s":"killing"'))),
    )
    expect(await refusal({ fs: disk.fileSystem })).toMatchObject({
      code: 'root_mismatch',
      advice: expect.stringContaining('tidemark verify'),
    })
  })
})

describe('what was signed before', () => {
  test('a data directory put back from an old backup is noticed by the head cell', async () => {
    const { disk, signedBytes } = await closedLog()
    const old = disk.contents(CHECKPOINT)!
    await (await openTestLog({ fs: disk.fileSystem })).publish()
    disk.tamper(CHECKPOINT, () => old)
    disk.tamper(WAL, (bytes) => bytes.subarray(0, signedBytes))
    expect(await refusal({ fs: disk.fileSystem })).toMatchObject({ code: 'rolled_back' })
  })

  test('a head cell that was emptied is refused, until the checkpoint is accepted knowingly', async () => {
    const { disk, witness } = await closedLog()
    disk.lose(HEAD)
    expect(await refusal({ fs: disk.fileSystem })).toMatchObject({ code: 'head_missing' })
    const log = await openTestLog({ fs: disk.fileSystem, acceptHead: true })
    expect(await witness.findings(log)).toEqual([])
    expect(await witness.findings(await openTestLog({ fs: disk.fileSystem }))).toEqual([])
  })

  test('a checkpoint file that is lost or old comes back from the head cell', async () => {
    const { disk, witness } = await closedLog()
    const old = disk.contents(CHECKPOINT)!
    const newest = (await (await openTestLog({ fs: disk.fileSystem })).publish()).note
    for (const harm of [() => disk.lose(CHECKPOINT), () => disk.tamper(CHECKPOINT, () => old)]) {
      harm()
      expect(await witness.findings(await openTestLog({ fs: disk.fileSystem }))).toEqual([])
      expect(disk.contents(CHECKPOINT)!.toString()).toBe(newest)
    }
  })

  test.each([
    {
      what: 'a changed signature',
      change: (note: string) => note.replace(/.(?==*\n$)/, (c) => (c === 'A' ? 'B' : 'A')),
    },
    { what: 'another origin', change: (note: string) => note.replaceAll('/t/acme', '/t/evil') },
    { what: 'nothing', change: () => '' },
  ])('a checkpoint file with $what is refused', async ({ change }) => {
    const { disk } = await closedLog()
    disk.tamper(CHECKPOINT, (bytes) => Buffer.from(change(bytes.toString())))
    expect(await refusal({ fs: disk.fileSystem })).toMatchObject({ code: 'bad_checkpoint', file: CHECKPOINT })
  })
})

describe('lost files', () => {
  /** Two days, the first of them sealed and without WAL, with a full tile and a partial one that spans both. */
  async function twoDays() {
    const disk = new SimulatedDisk()
    const memory = new SealedMemory()
    const witness = new Witness()
    const clock = { now: Date.UTC(2025, 0, 15) }
    const open = (report?: (notice: LedgerNotice) => void) =>
      openTestLog({
        fs: disk.fileSystem,
        sealed: memorySealedHalf(disk.fileSystem, memory),
        clock: () => clock.now,
        ...(report && { report }),
      })
    const log = await open()
    await witness.append(log, events(0, 700))
    clock.now += DAY_MS
    await witness.append(log, events(700, 710))
    witness.see(await log.publish())
    await log.retire()
    await log.close()
    return { disk, witness, open }
  }

  test('a day that is over is sealed and its WAL removed, and everything is still there', async () => {
    const { disk, witness, open } = await twoDays()
    expect(disk.paths.filter((path) => path.includes('/wal/'))).toEqual(['/data/log/wal/000000000701.wal'])
    const log = await open()
    expect(await witness.findings(log)).toEqual([])
    expect((await log.append([eventNumber(3)]))[0]).toMatchObject({ status: 'duplicate', receipt: { index: 4 } })
  })

  test('every hash tile can be lost: they are made again from the entry bundles and the WAL', async () => {
    const { disk, witness, open } = await twoDays()
    const isHashTile = (path: string) => /\/tile\/\d/.test(path)
    const before = disk.paths.filter(isHashTile).map((path) => [path, disk.contents(path)] as const)
    for (const [path] of before) disk.lose(path)
    const notices: LedgerNotice[] = []
    const log = await open((notice) => notices.push(notice))
    expect(notices.map(({ code }) => code)).toEqual(['tiles_rebuilt', 'tiles_rebuilt'])
    for (const path of [
      '/data/log/tile/0/000',
      '/data/log/tile/0/001',
      '/data/log/tile/0/002.p/199',
      '/data/log/tile/1/000.p/2',
    ]) {
      expect(disk.contents(path), path).toEqual(before.find(([name]) => name === path)![1])
    }
    expect(await witness.findings(log)).toEqual([])
  })

  test('tiles and bundles that the WAL still covers come back from it', async () => {
    const disk = new SimulatedDisk()
    const witness = new Witness()
    const log = await openTestLog({ fs: disk.fileSystem })
    await witness.append(log, events(0, 700))
    witness.see(await log.publish())
    const before = disk.paths
      .filter((path) => path.includes('/tile/'))
      .map((path) => [path, disk.contents(path)] as const)
    for (const [path] of before) disk.lose(path)
    const again = await openTestLog({ fs: disk.fileSystem })
    for (const [path, bytes] of before.filter(([path]) => !path.includes('.p/1'))) {
      expect(disk.contents(path), path).toEqual(bytes)
    }
    expect(await witness.findings(again)).toEqual([])
  })

  test('a lost entry bundle whose WAL is gone is reported with its file', async () => {
    const { disk, open } = await twoDays()
    disk.lose('/data/log/tile/entries/000')
    const notices: LedgerNotice[] = []
    await open((notice) => notices.push(notice))
    expect(notices).toMatchObject([{ code: 'entries_lost', file: '/data/log/tile/entries/000' }])
  })

  test('a WAL file that is not sealed and missing is refused, though its entries are in tiles', async () => {
    const { disk, open } = await twoDays()
    disk.lose('/data/log/wal/000000000701.wal')
    await expect(open()).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining('leaves 701 to 710'),
    })
  })
})

test('partial tiles go once their full tile is there', async () => {
  const disk = new SimulatedDisk()
  const log = await openTestLog({ fs: disk.fileSystem })
  for (const to of [10, 20, 300, 520]) {
    await log.append(events(0, to))
    await log.publish()
  }
  const tiles = disk.paths.filter((path) => path.includes('/tile/'))
  expect(tiles.map((path) => path.slice('/data/log/tile/'.length))).toEqual([
    '0/000',
    '0/001',
    '0/002.p/9',
    '1/000.p/1',
    '1/000.p/2',
    'entries/000',
    'entries/001',
    'entries/002.p/9',
  ])
})

/** What somebody would do who wants an altered file to look sound. */
function withNewChecksums(text: string): string {
  const lines: string[] = []
  let covered = ''
  for (const line of text.trimEnd().split('\n')) {
    if (line.startsWith('{"commit"')) {
      lines.push(line.replace(/"crc32":\d+/, `"crc32":${crc32(Buffer.from(covered))}`))
      covered = ''
    } else {
      lines.push(line)
      covered += `${line}\n`
    }
  }
  return `${lines.join('\n')}\n`
}
