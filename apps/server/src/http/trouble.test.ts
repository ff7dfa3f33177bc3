import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { LedgerError, type LedgerErrorCode, type Log } from '@tidemark/ledger'
import { afterEach, expect, test, vi } from 'vitest'
import { TenantLogs } from '../installation/tenant-logs.js'
import { sampleEvent, startTestServer, type TestKey, type TestServer, until } from '../testing/test-server.js'

let server: TestServer
let key: TestKey
afterEach(async () => {
  vi.restoreAllMocks()
  await server.stop()
})

/** A server whose log of acme fails as told, from the moment `fail` is called. */
async function startFailing() {
  const logs: Log[] = []
  const { open } = TenantLogs.prototype
  vi.spyOn(TenantLogs.prototype, 'open').mockImplementation(async function (this: TenantLogs, name) {
    const opened = await open.call(this, name)
    if (name === 'acme') logs.push(opened.log)
    return opened
  })
  server = await startTestServer()
  key = await server.keyFor('acme', ['write', 'read'])
  await key.client.ingest(JSON.stringify(sampleEvent()))
  const fail = (error: unknown) => vi.spyOn(logs[0]!, 'append').mockRejectedValueOnce(error)
  return { fail }
}

test.each([
  ['busy', 503, 'overloaded'],
  ['full', 503, 'ledger_unavailable'],
  ['io', 503, 'ledger_unavailable'],
  ['failed', 503, 'ledger_unavailable'],
  ['closed', 503, 'shutting_down'],
] as const satisfies [LedgerErrorCode, number, string][])(
  'a ledger that is %s answers %i and stores nothing',
  async (code, status, problem) => {
    const { fail } = await startFailing()
    const event = JSON.stringify(sampleEvent({ action: 'after.trouble' }))
    fail(new LedgerError(code, 'the disk is on fire', { retryAfterMs: 1500 }))
    const refused = await key.client.ingest(event).catch((error: unknown) => error)
    expect(refused).toMatchObject({ status, code: problem, retryAfterMs: 2000 })
    expect(String(refused)).not.toContain('fire')
    expect(JSON.stringify(server.logged)).toContain('fire')
    expect(await key.client.ingest(event)).toMatchObject({ stored: 1 })
    await until(
      async () => (await key.client.call('searchEvents', { query: { q: 'action:after.trouble' } })).total === 1,
    )
  },
)

test('load balancers are told when the ledger cannot write', async () => {
  const { fail } = await startFailing()
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  fail(new LedgerError('full', 'no space left'))
  await key.client.ingest(JSON.stringify(sampleEvent())).catch(() => undefined)
  const ready = await fetch(`${server.url}/readyz`)
  expect(ready.status).toBe(503)
  expect(await ready.json()).toMatchObject({ ready: false, intake: 'refusing' })
})

test('what nobody foresaw is an internal problem, its words only in the log', async () => {
  const { fail } = await startFailing()
  fail(new TypeError('secret stack'))
  const refused = await key.client.ingest(JSON.stringify(sampleEvent())).catch((error: unknown) => error)
  expect(refused).toMatchObject({ status: 500, code: 'internal' })
  expect(JSON.stringify((refused as { problem: object }).problem)).not.toContain('secret')
  const { reference } = (refused as { problem: { reference: string } }).problem
  expect(JSON.stringify(server.logged.find((line) => line.reference === reference))).toContain('secret stack')
})

test('a server that stops finishes what it has, and says so to the rest', async () => {
  await startFailing()
  const events = (count: number) =>
    Array.from({ length: count }, () => JSON.stringify(sampleEvent({ action: 'last.minute' }))).join('\n')
  const under = Promise.allSettled(Array.from({ length: 8 }, () => key.client.ingest(events(1000))))
  await new Promise((resolve) => setTimeout(resolve, 5))
  await server.restart()
  const outcomes = await under
  const stored = outcomes.reduce((sum, outcome) => sum + (outcome.status === 'fulfilled' ? outcome.value.stored : 0), 0)
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(['shutting_down', 'unreachable']).toContain(outcome.reason.code)
  }
  await until(
    async () => (await key.client.call('searchEvents', { query: { q: 'action:last.minute' } })).total >= stored,
  )
  const state = await key.client.call('logState')
  expect(state.checkpoint!.size).toBe(state.treeSize)
})

test('a server that cannot write down its address does not go on listening', async () => {
  server = await startTestServer()
  const { port } = new URL(server.url)
  const { dataDir } = server
  await mkdir(join(dataDir, 'run', 'admin.json.new'))
  await expect(server.restart()).rejects.toMatchObject({ code: 'EISDIR' })
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow('fetch failed')
})
