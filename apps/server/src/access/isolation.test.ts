import { type Route, routes } from '@tidemark/wire'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleEvent, startTestServer, type TestKey, type TestServer, until } from '../testing/test-server.js'

const everything = ['write', 'read', 'verify', 'admin'] as const
const marker = 'only-globex-knows'

let server: TestServer
let acme: TestKey
let globex: TestKey
let globexEventId: string
beforeAll(async () => {
  server = await startTestServer()
  acme = await server.keyFor('acme', everything)
  globex = await server.keyFor('globex', everything)
  const event = sampleEvent({
    resource: { type: marker, id: marker },
    actor: { id: marker, email: `${marker}@example.com` },
  })
  const answer = await globex.client.ingest(`${JSON.stringify(event)}\n{"bad":"${marker}"}\n`)
  globexEventId = answer.results[0]!.id!
  await acme.client.ingest(JSON.stringify(sampleEvent()))
  await until(async () => (await globex.client.call('searchEvents')).total === 1)
  await until(async () => (await acme.client.call('searchEvents')).total === 1)
})
afterAll(() => server.stop())

test('the owner sees what the others must not', async () => {
  const found = await globex.client.call('searchEvents', { query: { q: `resource_type:${marker}` } })
  expect(JSON.stringify(found)).toContain(marker)
})

const queries = [`resource_type:${marker}`, 'tenant:globex', 'tenant:* OR id:*', 'log:globex', '*', `"${marker}"`]

test.each(queries)('no query reaches another tenant: %s', async (q) => {
  const answers = [
    await acme.client.call('searchEvents', { query: { q } }),
    await acme.client.call('searchEvents', { query: { q, include: 'logs', asOf: 1 } }),
  ]
  expect(JSON.stringify(answers.map(({ events }) => events))).not.toContain(marker)
})

test('neither an id nor a leaf index of another tenant leads to its event or its proof', async () => {
  for (const id of [globexEventId, globexEventId.toUpperCase()]) {
    await expect(acme.client.call('getEvent', { path: { id } })).rejects.toMatchObject({ code: 'not_found' })
    await expect(acme.client.call('proveEvent', { path: { id } })).rejects.toMatchObject({ code: 'not_found' })
  }
  expect(JSON.stringify(await acme.client.call('getEvent', { path: { id: '1' } }))).not.toContain(marker)
  expect(JSON.stringify(await acme.client.call('proveEvent', { path: { id: '1' } }))).not.toContain(marker)
})

test('a cursor of another tenant is refused', async () => {
  await globex.client.ingest(JSON.stringify(sampleEvent()))
  await until(async () => (await globex.client.call('searchEvents')).total === 2)
  const { cursor } = await globex.client.call('searchEvents', { query: { limit: 1 } })
  await expect(acme.client.call('searchEvents', { query: { limit: 1, cursor: cursor! } })).rejects.toMatchObject({
    code: 'invalid_cursor',
  })
})

test('the quarantine of another tenant stays closed', async () => {
  expect((await globex.client.call('listQuarantine')).total).toBe(1)
  expect((await acme.client.call('listQuarantine')).total).toBe(0)
  const path = { quarantineId: 'q-1' }
  await expect(acme.client.call('getQuarantined', { path })).rejects.toMatchObject({ code: 'not_found' })
  await expect(acme.client.call('replayQuarantined', { path })).rejects.toMatchObject({ code: 'not_found' })
  await expect(acme.client.call('discardQuarantined', { path, body: { reason: 'not mine' } })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('keys of another tenant are neither listed nor revoked', async () => {
  expect((await acme.client.call('listKeys')).keys.every((key) => key.tenant === 'acme')).toBe(true)
  await expect(acme.client.call('revokeKey', { path: { keyId: globex.id } })).rejects.toMatchObject({
    code: 'not_found',
  })
  expect((await globex.client.call('listKeys')).keys.find((key) => key.id === globex.id)!.revokedAt).toBeNull()
})

test('the same id in two tenants is two events', async () => {
  const event = JSON.stringify(sampleEvent({ id: globexEventId }))
  expect(await acme.client.ingest(event)).toMatchObject({ stored: 1, conflicts: 0 })
})

test('no route takes the tenant from the request of a key', async () => {
  const readable = Object.values<Route>(routes).filter((route) => route.method === 'GET' && Array.isArray(route.access))
  for (const { path } of readable) {
    const address = path.replace(/\{[^}]+\}/g, '1')
    for (const name of ['tenant', 'log']) {
      const response = await fetch(`${server.url}${address}?${name}=globex`, {
        headers: { authorization: `Bearer ${acme.key}` },
      })
      expect(response.status, `${address} ${name}`).toBeGreaterThanOrEqual(400)
      expect(await response.text()).not.toContain(marker)
    }
  }
})
