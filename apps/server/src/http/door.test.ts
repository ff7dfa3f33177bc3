import { afterAll, beforeAll, expect, test } from 'vitest'
import { openIndexDriver } from '../follower/event-index.js'
import { sampleEvent, startTestServer, type TestKey, type TestServer } from '../testing/test-server.js'

let server: TestServer
let key: TestKey
beforeAll(async () => {
  server = await startTestServer({ role: 'door' }, { openIndex: openIndexDriver })
  key = await server.keyFor('acme', ['write', 'read'])
})
afterAll(() => server.stop())

test('a door takes events and proves them', async () => {
  const { results } = await key.client.ingest(JSON.stringify(sampleEvent()))
  const bundle = await key.client.call('proveEvent', { path: { id: String(results[0]!.leafIndex) } })
  expect(bundle.leafIndex).toBe(results[0]!.leafIndex)
})

test('a door answers no questions and says why', async () => {
  await expect(key.client.call('searchEvents')).rejects.toMatchObject({ code: 'index_unavailable' })
  await expect(key.client.call('facets')).rejects.toMatchObject({ code: 'index_unavailable' })
})

test('a door is ready, with its index off', async () => {
  expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({
    ready: true,
    intake: 'ok',
    index: 'off',
    indexLag: 0,
  })
  expect((await fetch(`${server.url}/healthz`, { method: 'HEAD' })).status).toBe(200)
})
