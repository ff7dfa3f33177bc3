import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleEvent, startTestServer, type TestKey, type TestServer, until } from '../testing/test-server.js'

let server: TestServer
let key: TestKey
beforeAll(async () => {
  server = await startTestServer({ streams: 3 })
  key = await server.keyFor('acme', ['write', 'read'])
})
afterAll(() => server.stop())

const send = (...actions: string[]) =>
  key.client.ingest(actions.map((action) => JSON.stringify(sampleEvent({ action }))).join('\n'))

/** Follows a stream until it has `count` events. */
async function follow(query: Parameters<typeof key.client.stream>[0], count: number, lastEventId?: string) {
  const stop = new AbortController()
  const seen: { action: string; index: number }[] = []
  const options = { signal: stop.signal, retryMs: 20, ...(lastEventId !== undefined && { lastEventId }) }
  for await (const { action, index } of key.client.stream(query, options)) {
    seen.push({ action, index })
    if (seen.length === count) break
  }
  stop.abort()
  return seen
}
const streams = async () =>
  Number(/^tidemark_streams (\d+)$/m.exec(await (await fetch(`${server.url}/metrics`)).text())![1])

test('new events come as they are stored, those that match alone', async () => {
  const following = follow({ q: 'action:file.*' }, 2)
  await until(async () => (await streams()) === 1)
  await send('file.read', 'auth.login', 'file.write')
  expect((await following).map(({ action }) => action)).toEqual(['file.read', 'file.write'])
  await until(async () => (await streams()) === 0)
})

test('a reader that comes back misses nothing and sees nothing twice', async () => {
  const { treeSize } = await send('a.one', 'a.two', 'a.three')
  const first = await follow({ since: treeSize - 3 }, 2)
  await send('a.four')
  const second = await follow({}, 2, String(first.at(-1)!.index))
  expect([...first, ...second].map(({ action }) => action)).toEqual(['a.one', 'a.two', 'a.three', 'a.four'])
})

test('a stream goes on over a restart of the server', async () => {
  const { treeSize } = await send('b.one')
  const following = follow({ since: treeSize - 1, q: 'action:b.*' }, 3)
  await until(async () => (await streams()) === 1)
  await server.restart()
  await send('b.two', 'b.three')
  expect((await following).map(({ action }) => action)).toEqual(['b.one', 'b.two', 'b.three'])
})

test('ten thousand old events come in order, each once', async () => {
  const { treeSize } = await send(...Array.from({ length: 10_000 }, (_, i) => `bulk.n${i}`))
  const seen = await follow({ since: treeSize - 10_000, q: 'action:bulk.*' }, 10_000)
  expect(seen.map(({ index }) => index)).toEqual(Array.from({ length: 10_000 }, (_, i) => treeSize - 10_000 + i))
})

test('a key that is revoked ends its streams within a second', async () => {
  const doomed = await server.keyFor('acme', ['read'])
  const response = await doomed.client.request('stream')
  await server.operator.call('revokeTenantKey', { path: { tenant: 'acme', keyId: doomed.id } })
  const startedAt = performance.now()
  expect(await response.text()).toContain('"code":"key_revoked"')
  expect(performance.now() - startedAt).toBeLessThan(1000)
})

test('a reader that takes nothing delays nobody and is not buffered for', async () => {
  const { port, hostname } = new URL(server.url)
  const lazy = connect(Number(port), hostname)
  lazy.write(`GET /v1/stream?since=0 HTTP/1.1\r\nhost: x\r\nx-api-key: ${key.key}\r\n\r\n`)
  lazy.pause()
  await until(async () => (await streams()) === 1)
  const before = process.memoryUsage().rss
  for (let i = 0; i < 5; i++) await send(...Array.from({ length: 5000 }, () => 'flood.event'))
  const following = follow({ q: 'action:after.flood' }, 1)
  await until(async () => (await streams()) === 2)
  await send('after.flood')
  expect(await following).toHaveLength(1)
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024)
  lazy.destroy()
  await until(async () => (await streams()) === 0)
})

test('more streams than allowed are sent away', async () => {
  const stop = new AbortController()
  const open = await Promise.all([1, 2, 3].map(() => key.client.request('stream', { signal: stop.signal })))
  await expect(key.client.request('stream')).rejects.toMatchObject({ code: 'overloaded', retryAfterMs: 5000 })
  stop.abort()
  await Promise.allSettled(open.map((response) => response.text()))
  await until(async () => (await streams()) === 0)
})

test('a place that is not in the log is refused', async () => {
  for (const id of ['99999999', '-1', 'x', '1.5']) {
    const response = await fetch(`${server.url}/v1/stream`, { headers: { 'x-api-key': key.key, 'last-event-id': id } })
    expect(await response.json()).toMatchObject({ code: 'invalid_parameter', parameter: 'Last-Event-ID' })
  }
})
