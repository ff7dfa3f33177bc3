import { createHash, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { sealWal } from './seal.js'
import { eventNumber } from './testing/events.js'
import { SealableLog } from './testing/sealable-log.js'
import { SimulatedDisk } from './testing/simulated-disk.js'
import { Vault } from './vault.js'

const openVault = (rememberedRecords?: number) =>
  Vault.open({ ...new SealableLog({ directory: '/log', fs: new SimulatedDisk().fileSystem }), rememberedRecords })

test('the same text of the same person is one record, with a digest over salt and text', async () => {
  const vault = await openVault()
  const first = vault.personalRecord('ada', '{"actor":{"name":"Ada"}}')
  const again = vault.personalRecord('ada', '{"actor":{"name":"Ada"}}')
  expect(first).toMatchObject({ record: 0, isNew: true })
  expect(again).toEqual({ ...first, isNew: false })
  const digest = createHash('sha256').update(first.salt).update('{"actor":{"name":"Ada"}}').digest()
  expect(first.digest).toEqual(digest)
  expect(first.saltText).toBe(Buffer.from(first.salt).toString('base64url'))
})

test('two persons never share a record, however alike they are known', async () => {
  const vault = await openVault()
  const records = [vault.personalRecord('a', '{}'), vault.personalRecord('b', '{}'), vault.personalRecord('', '{}')]
  expect(records.map(({ record }) => record)).toEqual([0, 1, 2])
  expect(['b', '', 'a'].map((person) => vault.personalRecord(person, '{}').record)).toEqual([1, 2, 0])
  expect(new Set(records.map(({ saltText }) => saltText)).size).toBe(3)
})

test('memory is bounded: what was not asked for lately gets a new record', async () => {
  const vault = await openVault(8)
  for (let i = 0; i < 100; i++) vault.personalRecord('busy', `{"n":${i % 3}}`)
  expect(vault.personalRecord('busy', '{"n":0}')).toMatchObject({ record: 0, isNew: false })
  for (let i = 0; i < 20; i++) vault.personalRecord('other', `{"n":${i}}`)
  expect(vault.personalRecord('busy', '{"n":0}')).toMatchObject({ record: 23, isNew: true })
})

test('a record adopted from the write-ahead log is known, and the next numbers follow it', async () => {
  const vault = await openVault()
  const salt = randomBytes(16)
  vault.adopt(41, 'ada', salt, '{}')
  expect(vault.personalRecord('ada', '{}')).toMatchObject({ record: 41, salt, isNew: false })
  expect(vault.personalRecord('bob', '{}')).toMatchObject({ record: 42, isNew: true })
})

test('after a restart sealed records are known again and none is made twice', async () => {
  const log = new SealableLog({ directory: '/log', fs: new SimulatedDisk().fileSystem })
  const events = Array.from({ length: 60 }, (_, i) => eventNumber(i))
  await sealWal(await log.writeWal(events), log)
  const vault = await Vault.open(log)
  const records = new Set<number>()
  for (const { person, personal } of events) {
    const known = vault.personalRecord(person, personal)
    expect(known.isNew).toBe(false)
    records.add(known.record)
  }
  expect(records.size).toBe(50)
  expect(vault.personalRecord('someone new', '{}').record).toBe(50)
})
