import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { sealWal } from './seal.js'
import { walLines } from './sealed-lines.js'
import { SealedReader } from './sealed-reader.js'
import type { SealedRecord } from './sealed-record.js'
import { anyEvent } from './testing/arbitrary-events.js'
import { eventNumber } from './testing/events.js'
import { SealableLog } from './testing/sealable-log.js'
import { SimulatedDisk } from './testing/simulated-disk.js'
import { peoplePath, SLOT_BYTES } from './vault-people.js'

const soak = Number(process.env.TIDEMARK_SOAK ?? 0) > 0

let disk: SimulatedDisk
let log: SealableLog

beforeEach(() => {
  disk = new SimulatedDisk()
  log = new SealableLog({ directory: '/log', fs: disk.fileSystem })
})

const eventsFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => eventNumber(first + i))

async function allRecords(reader: SealedReader): Promise<SealedRecord[]> {
  const records: SealedRecord[] = []
  for await (const record of reader.records(0, await reader.size())) records.push(record)
  return records
}

async function allLines(reader: SealedReader): Promise<string> {
  let text = ''
  let end = 0
  for await (const batch of walLines(reader, 0, await reader.size())) {
    expect(batch.first).toBe(end)
    end = batch.end
    text += batch.bytes.toString()
  }
  expect(end).toBe(await reader.size())
  return text
}

test('whatever was sealed, its lines come back byte for byte', () => {
  const anyLeaf = fc.oneof(
    { weight: 5, arbitrary: anyEvent },
    fc.jsonValue().map((value) => JSON.stringify({ value })),
  )
  const anyRanges = fc.array(fc.array(anyLeaf, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 3 })
  return fc.assert(
    fc.asyncProperty(anyRanges, fc.integer({ min: 1, max: 9 }), async (ranges, batchLeaves) => {
      const anyLog = new SealableLog({ directory: '/log', fs: new SimulatedDisk().fileSystem })
      for (const leaves of ranges) await sealWal(await anyLog.writeWal(leaves, batchLeaves), anyLog)
      expect(await allLines(await SealedReader.open(anyLog))).toBe(Buffer.concat(anyLog.lines).toString())
    }),
    { numRuns: soak ? 1000 : 40 },
  )
})

test('frames, bundles and ranges may begin and end anywhere', async () => {
  for (const [first, count] of [
    [0, 700],
    [700, 1],
    [701, 855],
  ] as const) {
    await sealWal(await log.writeWal(eventsFrom(first, count)), log)
  }
  const reader = await SealedReader.open(log)
  expect(await reader.size()).toBe(1556)
  expect(await allLines(reader)).toBe(Buffer.concat(log.lines).toString())
  for (const leaf of [0, 255, 256, 699, 700, 701, 1023, 1555]) {
    const record = await (await SealedReader.open(log)).record(leaf)
    expect(record).toMatchObject({ state: 'present', index: leaf, entry: `${log.entries[leaf]}` })
    expect(record.event?.id).toBe(eventNumber(leaf).id)
  }
})

test('a record comes with the salts and the digest that open its commitment', async () => {
  await sealWal(await log.writeWal(eventsFrom(0, 5)), log)
  const record = await (await SealedReader.open(log)).record(4)
  const salts = (await log.keys.open('data', '2026-11-20', 0)).salts(1, 1)
  const { digest } = (await log.vault()).personalRecord('user-4', eventNumber(4).personal)
  expect(record).toMatchObject({
    state: 'present',
    coreSalt: salts.subarray(0, 16),
    contentSalt: salts.subarray(16),
    personalDigest: digest,
    erased: false,
  })
})

test('a leaf that is not sealed is not found, until it is sealed', async () => {
  const reader = await SealedReader.open(log)
  await expect(reader.record(0)).rejects.toMatchObject({ code: 'not_found' })
  await sealWal(await log.writeWal(eventsFrom(0, 5)), log)
  await reader.refresh()
  await reader.record(4)
  await expect(reader.record(5)).rejects.toMatchObject({ code: 'not_found' })
})

test('destroying the key of a segment disposes of its events, and of no other', async () => {
  await sealWal(await log.writeWal(['{"genesis":true}', ...eventsFrom(0, 600)]), log)
  await sealWal(await log.writeWal(eventsFrom(600, 600)), log)
  disk.lose('/log/keys/data/2026-11-20-000000000000.key')
  disk.lose('/log/segments/data/2026-11-20-000000000000.seg')
  for (const record of await allRecords(await SealedReader.open(log))) {
    const { index } = record
    expect(record.entry).toBe(log.entries[index]?.toString())
    if (index === 0) expect(record.state).toBe('control')
    else if (index <= 600 && eventNumber(index - 1).retentionClass === 'data') {
      expect(record).toEqual({ state: 'disposed', retentionClass: 'data', index, entry: record.entry })
    } else expect(record.event).toMatchObject({ core: eventNumber(index - 1).core })
  }
})

test('the line of a disposed event has only its place and its entry', async () => {
  await sealWal(await log.writeWal(eventsFrom(0, 3)), log)
  disk.lose('/log/keys/data/2026-11-20-000000000000.key')
  const lines = (await allLines(await SealedReader.open(log))).split('\n')
  expect(lines[1]).toBe(`{"i":1,"e":${log.entries[1]}}`)
  expect(lines[2]).toBe(log.lines[2]?.toString().trim())
})

test('zeroing the slot of a person erases that person from every range, and the digests still fit', async () => {
  await sealWal(await log.writeWal(eventsFrom(0, 100)), log)
  await sealWal(await log.writeWal(eventsFrom(100, 100)), log)
  const slot = 7 // Slots are given in the order of first appearance, and event 7 is the first of its person.
  disk.tamper(peoplePath('/log'), (bytes) => bytes.fill(0, slot * SLOT_BYTES + 32, (slot + 1) * SLOT_BYTES))
  const records = await allRecords(await SealedReader.open(log))
  for (const record of records) {
    const { person, personal, core } = eventNumber(record.index)
    expect(record.event?.core).toBe(core)
    if (person !== 'user-7') expect(record).toMatchObject({ erased: false, event: { personal } })
    else expect(record).toMatchObject({ erased: true, event: { personal: '', personalSalt: '', ipKey: '' } })
  }
  expect(records.filter((record) => record.state === 'present' && record.erased)).toHaveLength(4)
})

test('a person who comes back after an erasure gets a new key, and what was erased stays erased', async () => {
  await sealWal(await log.writeWal(eventsFrom(0, 3)), log)
  disk.tamper(peoplePath('/log'), (bytes) => bytes.fill(0, 32, SLOT_BYTES))
  const changed = eventNumber(50, { personal: '{"actor":{"name":"Renamed"}}' })
  await sealWal(await log.writeWal([changed]), log)
  const records = await allRecords(await SealedReader.open(log))
  expect(records.map((record) => record.state === 'present' && record.erased)).toEqual([true, false, false, false])
  expect(records[3]?.event?.personal).toBe(changed.personal)
})

test('what was read before is forgotten on demand', async () => {
  await sealWal(await log.writeWal(eventsFrom(0, 3)), log)
  const reader = await SealedReader.open(log)
  await reader.record(0)
  disk.tamper(peoplePath('/log'), (bytes) => bytes.fill(0, 32, SLOT_BYTES))
  disk.lose('/log/keys/data/2026-11-20-000000000000.key')
  reader.forget()
  expect(await reader.record(0)).toMatchObject({ erased: true })
  expect(await reader.record(1)).toMatchObject({ state: 'disposed' })
})

test('little memory for frames costs time, not answers', async () => {
  await sealWal(await log.writeWal(eventsFrom(0, 900)), log)
  const reader = await SealedReader.open({ ...log, frameBytes: 1 })
  expect(await allLines(reader)).toBe(Buffer.concat(log.lines).toString())
})

test.each([
  'segments/data/2026-11-20-000000000000.seg',
  'keys/data/2026-11-20-000000000000.key',
  'vault/000000000000.vault',
  'vault/people.keys',
  'locator/000000000000.loc',
])('any bit changed in %s is noticed when its events are read, and the file named', async (name) => {
  await sealWal(await log.writeWal(['{"genesis":true}', ...eventsFrom(0, 8)]), log)
  const path = `/log/${name}`
  const whole = disk.contents(path) as Buffer
  const step = soak ? 1 : Math.ceil(whole.length / 120)
  for (let at = 0; at < whole.length; at += step) {
    disk.tamper(path, () => Buffer.from(whole).fill((whole[at] as number) ^ (1 << (at % 8)), at, at + 1))
    await expect(SealedReader.open(log).then(allRecords), `byte ${at}`).rejects.toMatchObject({
      code: 'corrupt',
      file: path,
    })
  }
})

test.each(['segments/data/2026-11-20-000000000000.seg', 'vault/000000000000.vault', 'tile/entries/000.p/9'])(
  '%s cut short or gone is noticed, and the file or its full form named',
  async (name) => {
    await sealWal(await log.writeWal(['{"genesis":true}', ...eventsFrom(0, 8)]), log)
    const path = `/log/${name}`
    const whole = disk.contents(path) as Buffer
    const file = expect.stringContaining(name.replace('.p/9', ''))
    disk.tamper(path, () => whole.subarray(0, -20))
    await expect(SealedReader.open(log).then(allRecords)).rejects.toMatchObject({ code: 'corrupt', file })
    disk.lose(path)
    await expect(SealedReader.open(log).then(allRecords)).rejects.toMatchObject({ code: 'corrupt', file })
  },
)

test('an entry that was replaced does not pass for the commitment of its event', async () => {
  await sealWal(await log.writeWal(eventsFrom(0, 8)), log)
  disk.tamper('/log/tile/entries/000.p/8', (bytes) => bytes.fill('A', 9, 12))
  await expect(SealedReader.open(log).then(allRecords)).rejects.toThrow(
    'the entry of leaf 0 does not commit to its event',
  )
})

test('a segment put in the place of another is refused', async () => {
  await sealWal(await log.writeWal(eventsFrom(0, 9)), log)
  await sealWal(await log.writeWal(eventsFrom(9, 9)), log)
  const [from, to] = ['0', '9'].map((first) => `/log/segments/data/2026-11-20-00000000000${first}.seg`) as [
    string,
    string,
  ]
  const other = disk.contents(from) as Buffer
  disk.tamper(to, () => other)
  await expect(SealedReader.open(log).then(allRecords)).rejects.toMatchObject({ code: 'corrupt', file: to })
})
