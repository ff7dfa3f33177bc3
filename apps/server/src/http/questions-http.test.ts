import type { EventStore } from '@tidemark/store'
import { MemoryStore, QueryRefused } from '@tidemark/store'
import { AuditSummary } from '@tidemark/wire'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleEvent, startTestServer, type TestKey, type TestServer, until } from '../testing/test-server.js'

let server: TestServer
let key: TestKey
let auditor: TestKey
let store: EventStore
const day = (n: number) => `2026-01-${String(n).padStart(2, '0')}T10:00:00.000Z`

beforeAll(async () => {
  store = new MemoryStore()
  const openIndex = async () => ({ store, health: () => 'up' as const, rebuild: async () => undefined })
  server = await startTestServer({}, { openIndex })
  key = await server.keyFor('acme', ['write', 'read'])
  auditor = await server.keyFor('acme', ['verify', 'admin'])
  const events = [
    ...Array.from({ length: 30 }, (_, i) =>
      sampleEvent({ time: day(1 + i), outcome: i % 3 === 0 ? 'failure' : 'success' }),
    ),
    ...Array.from({ length: 5 }, (_, i) => sampleEvent({ time: day(10 + i), action: 'file.read', outcome: 'denied' })),
    sampleEvent({ time: day(20), action: 'settings.update', change: { previous: { a: 1 }, next: { a: 2 } } }),
    { service: 'app', level: 'error', message: 'it broke', time: day(21) },
  ]
  expect(await key.client.ingest(events.map((event) => JSON.stringify(event)).join('\n'))).toMatchObject({ stored: 37 })
  await until(async () => (await search({ q: 'action:*' })).asOf === 38)
})
afterAll(() => server.stop())

const search = (query: Parameters<typeof key.client.everyEvent>[0]) => key.client.call('searchEvents', { query })

test('pages are newest first, complete and stable while events arrive', async () => {
  const seen: string[] = []
  let cursor: string | null = null
  let pages = 0
  do {
    const page = await search({ q: 'action:auth.login', limit: 7, ...(cursor && { cursor }) })
    expect(page).toMatchObject({ total: 30, asOf: 38 })
    seen.push(...page.events.map(({ time }) => time))
    cursor = page.cursor
    await key.client.ingest(JSON.stringify(sampleEvent({ time: day(15), action: 'auth.logout' })))
    pages += 1
  } while (cursor)
  expect(pages).toBe(5)
  expect(seen).toEqual(Array.from({ length: 30 }, (_, i) => day(30 - i)))
})

test('a page asked for again is the same to the byte', async () => {
  const ask = async () =>
    (
      await fetch(`${server.url}/v1/events?q=outcome:denied&asOf=38&limit=3`, { headers: { 'x-api-key': key.key } })
    ).text()
  const first = JSON.parse(await ask())
  await key.client.ingest(JSON.stringify(sampleEvent({ outcome: 'denied' })))
  expect(JSON.parse(await ask())).toEqual({ ...first, treeSize: expect.any(Number) })
})

test('application logs are kept out of every view that does not ask for them', async () => {
  expect((await search({ q: '"it broke"' })).total).toBe(0)
  expect((await search({ q: '"it broke"', include: 'logs' })).total).toBe(1)
  expect((await search({ q: 'action:log.error' })).total).toBe(1)
})

test('a cursor of another question or order is refused', async () => {
  const { cursor } = await search({ q: 'action:auth.*', limit: 2 })
  for (const other of [
    { q: 'action:file.*' },
    { q: 'action:auth.*', order: 'asc' as const },
    { q: 'action:auth.*', zone: 'Europe/Berlin' },
  ]) {
    await expect(search({ ...other, limit: 2, cursor: cursor! })).rejects.toMatchObject({ code: 'invalid_cursor' })
  }
  expect((await search({ q: 'action:auth.*', limit: 500, cursor: cursor! })).events.length).toBeGreaterThan(20)
})

test.each(['x', 'ü', '漢', '😀'])(
  'the longest query fits into the address, whatever it is written in: %s',
  async (character) => {
    const q = `"${character.repeat(4094 / character.length)}"`
    expect(await key.client.call('searchEvents', { query: { q } })).toMatchObject({ total: 0 })
  },
)

test('an event is found by its id and by its leaf', async () => {
  const { events } = await search({ q: 'action:settings.update' })
  const byId = await key.client.call('getEvent', { path: { id: events[0]!.id.toUpperCase() } })
  expect(await key.client.call('getEvent', { path: { id: String(byId.index) } })).toEqual(byId)
  await expect(key.client.call('getEvent', { path: { id: '0' } })).rejects.toMatchObject({ code: 'not_found' })
})

test('the audit summary gives every figure with its question, and lists that are complete', async () => {
  const report = await key.client.call('auditSummary', { query: { from: '2026-01-01', to: '2026-02-01', asOf: 38 } })
  expect(() => AuditSummary.parse(report)).not.toThrow()
  expect(report.summary).toEqual({ totalAuthEvents: 30, failedLogins: 10, accessDenied: 5, configChanges: 1 })
  expect([report.authEvents!.length, report.deniedEvents!.length, report.configChanges!.length]).toEqual([30, 5, 1])
  for (const { href, value, asOf } of Object.values(report.figures)) {
    expect(asOf).toBe(38)
    const again = await fetch(server.url + href, { headers: { 'x-api-key': key.key } })
    expect(((await again.json()) as { total: number }).total).toBe(value)
  }
  const brief = await key.client.call('auditSummary', {
    query: { from: '2026-01-01', to: '2026-01-02', lists: 'none' },
  })
  expect(brief.summary.totalAuthEvents).toBe(1)
  expect(brief.authEvents).toBeUndefined()
})

test('changes of keys and tenants are in the administration log, for administrators alone', async () => {
  const ask = (client: TestKey['client']) =>
    client.call('searchEvents', { query: { q: 'action:api_key.create OR action:tenant.create', log: '_audit' } })
  await expect(ask(key.client)).rejects.toMatchObject({ code: 'missing_scope' })
  await until(async () => (await ask(auditor.client)).total === 3)
  const { events } = await ask(auditor.client)
  expect(events.map(({ action }) => action).sort()).toEqual(['api_key.create', 'api_key.create', 'tenant.create'])
  expect(JSON.stringify(events)).not.toContain(key.key.slice(-64))
})

test.each([
  ['timeout', 503, 'query_timeout'],
  ['too_large', 422, 'query_too_large'],
  ['busy', 503, 'index_unavailable'],
] as const)('an index that answers %s becomes %i', async (refusal, status, code) => {
  const { search: real } = store
  store.search = async () => {
    throw new QueryRefused(refusal, 'it did not work out')
  }
  await expect(search({})).rejects.toMatchObject({ status, code })
  store.search = real
})

test('a question whose asker is gone is given up', async () => {
  const { search: real } = store
  let given: AbortSignal | undefined
  store.search = (_scope, _request, asking) => {
    given = asking?.signal
    return new Promise((_resolve, reject) =>
      given!.addEventListener('abort', () => reject(new QueryRefused('cancelled', 'gone'))),
    )
  }
  const stop = new AbortController()
  const asked = key.client.call('searchEvents', { signal: stop.signal }).catch(() => undefined)
  await until(() => given !== undefined)
  stop.abort()
  await until(() => given!.aborted)
  await asked
  store.search = real
})
