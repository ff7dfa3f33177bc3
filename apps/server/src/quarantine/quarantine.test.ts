import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Quarantine } from './quarantine.js'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidemark-quarantine-'))
})
afterEach(() => rm(directory, { recursive: true }))

const at = new Date('2026-03-04T05:06:07Z')
const source = { keyId: 'k1', origin: 'http', service: 'audit', at }
const problem = { code: 'wrong_type', pointer: '/actor', reason: 'expected an object' }
const open = (limitBytes = 1e9) => Quarantine.open(directory, limitBytes)

test('bytes that are not UTF-8 come back untouched after a restart', async () => {
  const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d])
  const before = await open()
  const ids = await before.keep(
    [
      { bytes, problem },
      { bytes: '{"grüße":"\\ud800"}', problem },
    ],
    source,
  )
  await before.close()
  const after = await open()
  expect((await after.get(ids[0]!))!.bytes).toEqual(bytes)
  expect((await after.get(ids[1]!))!.bytes.toString()).toBe('{"grüße":"\\ud800"}')
  expect((await after.get(ids[0]!))!.entry).toEqual({
    id: 'q-1',
    at: at.toISOString(),
    problem,
    keyId: 'k1',
    origin: 'http',
    bytes: 5,
    state: 'held',
  })
  await after.close()
})

test('half a line that a crash left behind is cut off, and numbering goes on', async () => {
  const before = await open()
  await before.keep([{ bytes: 'a', problem }], source)
  await before.close()
  await appendFile(join(directory, '000000000001.ndjson'), '{"n":2,"at":"20')
  const after = await open()
  expect(after.held).toBe(1)
  expect(await after.keep([{ bytes: 'b', problem }], source)).toEqual(['q-2'])
  expect((await after.get('q-2'))!.bytes.toString()).toBe('b')
  await after.close()
})

test('pages are newest first and complete while events arrive', async () => {
  const quarantine = await open()
  await quarantine.keep(
    Array.from({ length: 5 }, (_, i) => ({ bytes: `${i + 1}`, problem })),
    source,
  )
  const first = await quarantine.list('held', 2)
  await quarantine.keep([{ bytes: 'late', problem }], source)
  const second = await quarantine.list('held', 10, first.next!)
  expect([...first.entries, ...second.entries].map((entry) => entry.id)).toEqual(['q-5', 'q-4', 'q-3', 'q-2', 'q-1'])
  expect(second.next).toBeNull()
  await quarantine.close()
})

test('an outcome survives a restart and takes the event off the held list', async () => {
  const before = await open()
  await before.keep(
    [
      { bytes: 'a', problem },
      { bytes: 'b', problem },
    ],
    source,
  )
  await before.settle('q-1', { at: at.toISOString(), state: 'replayed', leafIndex: 9 })
  await before.close()
  const after = await open()
  expect(after.held).toBe(1)
  expect((await after.list('held', 10)).entries.map((entry) => entry.id)).toEqual(['q-2'])
  expect((await after.list('replayed', 10)).entries[0]).toMatchObject({ id: 'q-1', leafIndex: 9 })
  await after.close()
})

test('concurrent writers get different numbers, each with its own bytes', async () => {
  const quarantine = await open()
  const ids = (
    await Promise.all(Array.from({ length: 50 }, (_, i) => quarantine.keep([{ bytes: `event ${i}`, problem }], source)))
  ).flat()
  expect(new Set(ids).size).toBe(50)
  for (const [i, id] of ids.entries()) expect((await quarantine.get(id))!.bytes.toString()).toBe(`event ${i}`)
  await quarantine.close()
})

test('a full quarantine refuses, and takes again once what it holds is settled', async () => {
  const quarantine = await open(20 * 1024 * 1024)
  const big = 'x'.repeat(9 * 1024 * 1024)
  for (let i = 0; i < 3; i++) await quarantine.keep([{ bytes: big, problem }], source)
  await expect(quarantine.keep([{ bytes: 'one more', problem }], source)).rejects.toMatchObject({
    code: 'quarantine_full',
  })
  for (const id of ['q-1', 'q-2']) await quarantine.settle(id, { at: at.toISOString(), state: 'discarded' })
  expect(await readdir(directory)).toEqual(['000000000003.ndjson', 'outcomes.ndjson'])
  expect(await quarantine.keep([{ bytes: 'one more', problem }], source)).toEqual(['q-4'])
  await quarantine.close()
  const after = await open()
  expect((await after.get('q-4'))!.bytes.toString()).toBe('one more')
  await after.close()
})
