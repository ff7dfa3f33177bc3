import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ask, sampleEvents, WrittenLog } from '@tidemark/store/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type DuckDbStore, type DuckDbStoreOptions, openDuckDbStore } from './duckdb-store.js'
import { IndexProcess, type IndexReport } from './index-process.js'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

let folder = ''
let store: DuckDbStore
const reports: IndexReport[] = []
const scope = { log: 'acme' }
const everything = { query: ask(''), order: 'desc', limit: 1000 } as const
const file = () => join(folder, 'index', 'events.duckdb')

async function open(options: Partial<DuckDbStoreOptions> = {}): Promise<DuckDbStore> {
  reports.length = 0
  store = await openDuckDbStore({
    file: file(),
    threads: 1,
    readers: 2,
    report: (report) => reports.push(report),
    ...options,
  })
  return store
}

const isUp = () => vi.waitFor(() => expect(store.health().state).toBe('up'), { timeout: 60_000, interval: 20 })
const kinds = () => reports.map(({ kind }) => kind)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-index-'))
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

test('a closed index opens again with everything it had', async () => {
  const log = new WrittenLog('acme')
  await (await open()).load(log.append(...sampleEvents(20)))
  const before = await store.search(scope, everything)
  await store.close()
  await open()
  expect(await store.cursor('acme')).toBe(20)
  expect(await store.search(scope, everything)).toEqual(before)
  expect(await store.status()).toMatchObject({
    events: 20,
    opened: 'existing',
    logs: [{ log: 'acme', cursor: 20, savedCursor: 20 }],
  })
  await store.load(log.append(...sampleEvents(3, 20)))
  expect((await store.search(scope, everything)).total).toBe(23)
})

test('a killed process starts again where its file stands, and loads go on from there', async () => {
  const log = new WrittenLog('acme')
  const batches = [0, 1, 2].map((n) => log.append(...sampleEvents(5, n * 5)))
  await (await open()).load(batches[0]!)
  await store.save()
  await store.load(batches[1]!)
  expect((await store.status()).logs).toEqual([{ log: 'acme', cursor: 10, savedCursor: 5 }])
  process.kill(store.health().pid!, 'SIGKILL')
  await vi.waitFor(() => expect(store.health().state).toBe('down'))
  await expect(store.search(scope, everything)).rejects.toMatchObject({ code: 'busy' })
  await expect(store.load(batches[2]!)).rejects.toMatchObject({ code: 'busy' })
  await isUp()
  expect(store.health().restarts).toBe(1)
  expect(kinds()).toEqual(['up', 'down', 'up'])
  expect(await store.cursor('acme')).toBe(5)
  await expect(store.load(batches[2]!)).rejects.toMatchObject({ code: 'gap', cursor: 5 })
  for (const batch of batches) await store.load(batch)
  expect(await store.search(scope, { ...everything, limit: 1 })).toMatchObject({ total: 15, asOf: 15 })
})

test('questions and loads at work when the process dies are refused as busy', async () => {
  const log = new WrittenLog('acme')
  await (await open()).load(log.append(...sampleEvents(2000)))
  const slow = store.aggregate(scope, { query: ask(slowQuery) })
  const load = store.load(log.append(...sampleEvents(1000, 2000)))
  process.kill(store.health().pid!, 'SIGKILL')
  await expect(slow).rejects.toMatchObject({ name: 'QueryRefused', code: 'busy' })
  await expect(load).rejects.toMatchObject({ name: 'LoadRefused', code: 'busy' })
  await isUp()
})

test.each([
  ['is no database', () => writeFileSync(file(), 'not a database at all')],
  ['has damaged bytes', () => damage(file())],
  ['is cut short', () => writeFileSync(file(), readFileSync(file()).subarray(0, 20_000))],
])('a file that %s is set aside and the index starts empty', async (_, spoil) => {
  await (await open()).load(new WrittenLog('acme').append(...sampleEvents(50)))
  await store.close()
  spoil()
  await open()
  await vi.waitFor(async () => expect(await store.cursor('acme')).toBe(0), { timeout: 60_000 })
  expect(kinds()).toContain('set_aside')
  expect(existsSync(`${file()}.unreadable`)).toBe(true)
  await store.load(new WrittenLog('acme').append(...sampleEvents(5)))
  expect((await store.search(scope, everything)).total).toBe(5)
})

test('rebuilding starts from nothing', async () => {
  const batch = new WrittenLog('acme').append(...sampleEvents(10))
  await (await open()).load(batch)
  await store.save()
  await store.rebuild()
  expect(await store.cursor('acme')).toBe(0)
  await store.load(batch)
  expect((await store.search(scope, everything)).total).toBe(10)
})

test('two stores cannot have the same file open', async () => {
  await open()
  await expect(openDuckDbStore({ file: file(), threads: 1 })).rejects.toThrow(/lock/i)
}, 120_000)

test('a question that takes too long is refused as timeout, one given up as cancelled, and both stop working', async () => {
  await (await open({ readers: 1 })).load(new WrittenLog('acme').append(...sampleEvents(5000)))
  const query = ask(slowQuery)
  await expect(store.aggregate(scope, { query }, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'timeout' })
  const giveUp = new AbortController()
  const asked = store.aggregate(scope, { query }, { signal: giveUp.signal })
  setTimeout(() => giveUp.abort(), 50)
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
  expect((await store.search(scope, { ...everything, limit: 1 }, { timeoutMs: 2000 })).total).toBe(5000)
})

test('a question that needs more memory than there is is refused as too large, and others go on', async () => {
  await open()
  const log = new WrittenLog('acme')
  const [event] = sampleEvents(1)
  for (let n = 0; n < 4; n++) {
    const events = Array.from({ length: 5000 }, (_, i) => ({ ...event, details: { text: `${n} ${i} `.repeat(400) } }))
    await store.load(log.append(...events))
  }
  await store.close()
  await open({ memoryLimitMb: 64, spillLimitMb: 1 })
  await expect(store.aggregate(scope, { query: ask('| top 5 details.text') })).rejects.toMatchObject({
    code: 'too_large',
  })
  expect((await store.search(scope, { ...everything, limit: 1 })).total).toBe(20_000)
  expect(store.health()).toMatchObject({ state: 'up', restarts: 0 })
})

test('the process ends when the one that started it is killed', async () => {
  await open()
  const dist = new URL('../dist/index.js', import.meta.url)
  const program = `import { openDuckDbStore } from ${JSON.stringify(dist.href)}
    const store = await openDuckDbStore({ file: ${JSON.stringify(join(folder, 'other', 'events.duckdb'))} })
    process.stdout.write(String(store.health().pid))`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [pid] = (await once(parent.stdout, 'data')).map(Number) as [number]
  parent.kill('SIGKILL')
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(/ESRCH/), { timeout: 30_000 })
})

test('more questions than may wait are refused as busy', async () => {
  await (await open({ readers: 1, waiting: 2 })).load(new WrittenLog('acme').append(...sampleEvents(5000)))
  const query = ask(slowQuery)
  const giveUp = new AbortController()
  const asked = Array.from({ length: 5 }, () =>
    store.aggregate(scope, { query }, { signal: giveUp.signal }).catch(({ code }) => code),
  )
  expect(await Promise.all(asked.slice(3))).toEqual(['busy', 'busy'])
  giveUp.abort()
  expect(await Promise.all(asked.slice(0, 3))).toEqual(['cancelled', 'cancelled', 'cancelled'])
})

test('a question the engine cannot interrupt ends the process, and the next one is answered', async () => {
  await open()
  const path = join(folder, 'stuck', 'events.duckdb')
  mkdirSync(dirname(path))
  const limits = { memoryLimitMb: 256, spillLimitMb: 256, threads: 1, readers: 1, waiting: 8, saveAfterMs: 60_000 }
  const index = new IndexProcess({ file: path, ...limits }, (report) => reports.push(report))
  await index.start()
  try {
    const statement = { sql: "SELECT repeat('a', 100000) LIKE '%a_%a%a%a%b' FROM range(1)", params: [] }
    const asked = index.call('table', { log: 'acme', statement, asOf: undefined }, { timeoutMs: 100 })
    await expect(asked).rejects.toMatchObject({ code: 'timeout' })
    await vi.waitFor(() => expect(index.restarts).toBe(1), { timeout: 60_000, interval: 20 })
    expect(reports.find(({ kind }) => kind === 'down')).toMatchObject({
      reason: expect.stringContaining('did not stop'),
    })
    await vi.waitFor(async () => expect(await index.call('cursor', { log: 'acme' })).toBe(0), { timeout: 60_000 })
  } finally {
    await index.stop()
  }
})

/** Takes seconds on a few thousand events. */
const slowQuery = `(${Array.from({ length: 60 }, (_, n) => `details.attempt:/(a|b|ab)*${n}x|[0-9]*y/`).join(' OR ')}) | count`

function damage(path: string): void {
  const bytes = readFileSync(path)
  for (let at = 12_288; at < bytes.length; at += 97) bytes[at] = bytes[at]! ^ 0xff
  writeFileSync(path, bytes)
}
