import {
  decodeBase64,
  hashLeaf,
  openCheckpoint,
  rootFromInclusion,
  sameHash,
  sha256,
  verifyConsistency,
} from '@tidemark/proof'
import { expect, test } from 'vitest'
import type { LedgerRecord } from './ledger-record.js'
import { eventNumber } from './testing/events.js'
import { memorySealedHalf } from './testing/memory-sealed-half.js'
import { SimulatedDisk } from './testing/simulated-disk.js'
import { openTestLog, TEST_ORIGIN, testKey } from './testing/test-log.js'

const events = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => eventNumber(from + i))

test('a new log begins with a signed genesis entry', async () => {
  const disk = new SimulatedDisk()
  const log = await openTestLog({ fs: disk.fileSystem, genesis: { tenant: 'acme' } })
  expect(log.size).toBe(1)
  expect(JSON.parse(Buffer.from(await log.readEntry(0)).toString())).toEqual({
    b: { format: 1, origin: TEST_ORIGIN, tenant: 'acme' },
    k: 'genesis',
    t: Date.UTC(2025, 0, 15, 9),
    v: 1,
  })
  const note = disk.contents('/data/log/checkpoint')!.toString()
  expect(openCheckpoint(note, [testKey], TEST_ORIGIN)).toMatchObject({ valid: true, checkpoint: { size: 1 } })
})

test('every event gets the next index and a receipt whose leaf hash is that of its entry', async () => {
  const log = await openTestLog({ fs: new SimulatedDisk().fileSystem })
  const results = await log.append(events(0, 600))
  expect(results.map(({ receipt }) => receipt.index)).toEqual(Array.from({ length: 600 }, (_, i) => i + 1))
  for (const { status, receipt } of results) {
    expect(status).toBe('stored')
    expect(sameHash(decodeBase64(receipt.leafHash), hashLeaf(await log.readEntry(receipt.index)))).toBe(true)
  }
})

test('every leaf proves its inclusion, and every checkpoint its place in the later ones, before and after a restart', async () => {
  const disk = new SimulatedDisk()
  const sealed = memorySealedHalf(disk.fileSystem)
  let log = await openTestLog({ fs: disk.fileSystem, sealed })
  const checkpoints = [log.checkpoint!]
  for (const [from, to] of [
    [0, 5],
    [5, 255],
    [255, 256],
    [256, 700],
    [700, 1800],
  ] as const) {
    await log.append(events(from, to))
    checkpoints.push(await log.publish())
    if (to === 700) {
      await log.close()
      log = await openTestLog({ fs: disk.fileSystem, sealed })
    }
  }
  const last = checkpoints.at(-1)!
  for (let index = 0; index < log.size; index += 37) {
    const proof = await log.proveInclusion(index, last.size)
    const root = rootFromInclusion(hashLeaf(await log.readEntry(index)), index, last.size, proof)
    expect(sameHash(root!, last.root)).toBe(true)
  }
  for (const earlier of checkpoints) {
    const proof = await log.proveConsistency(earlier.size, last.size)
    expect(verifyConsistency(earlier.size, last.size, earlier.root, last.root, proof)).toBe(true)
  }
})

test('the same id with the same bytes gives the first receipt again, with other bytes a conflict', async () => {
  const log = await openTestLog({ fs: new SimulatedDisk().fileSystem })
  const [first] = await log.append([eventNumber(1)])
  const altered = [{ core: '{"action":"x.y"}' }, { content: '{"message":"other"}' }, { personal: '' }].map((change) =>
    eventNumber(1, change),
  )
  const again = await log.append([eventNumber(2), eventNumber(1), eventNumber(2), ...altered])
  expect(again.map(({ status }) => status)).toEqual([
    'stored',
    'duplicate',
    'duplicate',
    'conflict',
    'conflict',
    'conflict',
  ])
  expect(JSON.stringify(again[1]!.receipt)).toBe(JSON.stringify(first!.receipt))
  expect(again[5]!.receipt.index).toBe(first!.receipt.index)
  expect(log.size).toBe(3)
})

test('records come back byte for byte', async () => {
  const log = await openTestLog({ fs: new SimulatedDisk().fileSystem })
  const sent = [
    eventNumber(1),
    eventNumber(2, { personal: '', person: '', ipKey: '' }),
    eventNumber(3, { content: '' }),
  ]
  await log.append(sent)
  const records: LedgerRecord[] = []
  for await (const record of log.records(1, 4)) records.push(record)
  expect(records.map(({ event }) => [event!.core, event!.personal, event!.content])).toEqual(
    sent.map(({ core, personal, content }) => [core, personal, content]),
  )
})

test('the salts of an event open the commitment in its entry', async () => {
  const log = await openTestLog({ fs: new SimulatedDisk().fileSystem })
  await log.append([eventNumber(1), eventNumber(2, { personal: '', person: '' }), eventNumber(3, { content: '' })])
  for (const index of [1, 2, 3]) {
    const { entry, event } = await log.record(index)
    const salts = await log.saltsOf(index)
    const digests = (['core', 'personal', 'content'] as const).map((part) =>
      sha256(Buffer.concat([salts![part], Buffer.from(event![part])])),
    )
    expect(Buffer.from(sha256(Buffer.concat(digests))).toString('base64url')).toBe(JSON.parse(entry).c)
  }
  expect(await log.saltsOf(0)).toBeNull()
})

test('no two events share a salt', async () => {
  const log = await openTestLog({ fs: new SimulatedDisk().fileSystem })
  await Promise.all(Array.from({ length: 10 }, (_, n) => log.append(events(70 * n, 70 * n + 70))))
  const salts = new Set<string>()
  for (let index = 1; index < log.size; index++) {
    const { core, content } = (await log.saltsOf(index))!
    salts.add(core.toString('hex')).add(content.toString('hex'))
  }
  expect(salts.size).toBe(2 * 700)
})

test('a WAL file holds one aligned range of 65,536 leaves at most', async () => {
  const disk = new SimulatedDisk()
  const log = await openTestLog({ fs: disk.fileSystem })
  const small = Array.from({ length: 65_540 }, (_, n) => eventNumber(n, { core: '{}', personal: '', content: '' }))
  expect(await log.append(small)).toHaveLength(65_540)
  expect(disk.paths.filter((path) => path.endsWith('.wal'))).toEqual([
    '/data/log/wal/000000000000.wal',
    '/data/log/wal/000000065536.wal',
  ])
  expect((await log.record(65_535)).event).toMatchObject({ segmentFirst: 0 })
  expect((await log.record(65_536)).event).toMatchObject({ segmentFirst: 65_536, position: 0 })
})

test('what is not there is refused as not_found', async () => {
  const log = await openTestLog({ fs: new SimulatedDisk().fileSystem })
  await log.append(events(0, 3))
  for (const ask of [
    () => log.readEntry(4),
    () => log.readEntry(-1),
    () => log.record(1.5),
    () => log.proveInclusion(4, 4),
    () => log.proveInclusion(1, 5),
    () => log.proveConsistency(3, 2),
    () => log.proveConsistency(1, 5),
  ]) {
    await expect(ask()).rejects.toMatchObject({ code: 'not_found' })
  }
})

test('a control entry holds its body, and one that fits no bundle is refused', async () => {
  const log = await openTestLog({ fs: new SimulatedDisk().fileSystem })
  const receipt = await log.appendControl('hold', { z: 1, a: 'Grüße' })
  expect(Buffer.from(await log.readEntry(receipt.index)).toString()).toMatch(
    /^\{"b":\{"a":"Grüße","z":1\},"k":"hold","t":\d+,"v":1\}$/,
  )
  await expect(log.appendControl('hold', { a: 'ü'.repeat(33_000) })).rejects.toMatchObject({ code: 'too_large' })
  expect((await log.appendControl('hold', { a: 'x'.repeat(65_000) })).index).toBe(2)
})
