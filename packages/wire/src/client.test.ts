import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { ApiProblem } from './api-problem.js'
import { TidemarkClient } from './client.js'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function clientOf(listener: RequestListener): Promise<TidemarkClient> {
  server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server!.once('listening', resolve))
  return new TidemarkClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, key: 'tm_a_b' })
}

test('addresses, query and key come from the route and its options', async () => {
  let seen = ''
  const client = await clientOf((request, response) => {
    seen = `${request.method} ${request.url} ${request.headers.authorization}`
    response.setHeader('content-type', 'application/json').end('{"keys":[]}')
  })
  await client.call('revokeTenantKey', { path: { tenant: 'acme', keyId: 'a/b' } })
  expect(seen).toBe('DELETE /v1/tenants/acme/keys/a%2Fb Bearer tm_a_b')
  await client.call('searchEvents', { query: { q: 'a:b c', limit: 5 } })
  expect(seen).toBe('GET /v1/events?q=a%3Ab+c&limit=5 Bearer tm_a_b')
  await client.call('tile', { path: { tenant: 'acme', path: '0/x001/234.p/5' } })
  expect(seen).toContain('/t/acme/tile/0/x001/234.p/5 ')
})

test('events are sent compressed', async () => {
  let body = ''
  const client = await clientOf(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    body = `${request.url} ${gunzipSync(Buffer.concat(chunks)).toString()}`
    response.setHeader('content-type', 'application/json').end('{"stored":1}')
  })
  await client.ingest('{"a":1}\n', { receipts: 'none' })
  expect(body).toBe('/v1/events?receipts=none {"a":1}\n')
})

test('a refusal carries the code and the pause of the server', async () => {
  const client = await clientOf((_request, response) => {
    response.writeHead(503, { 'content-type': 'application/problem+json' })
    const words = { type: '/docs#overloaded', title: 'x', status: 503, detail: 'later', reference: 'r1' }
    response.end(JSON.stringify({ ...words, code: 'overloaded', retryAfterSeconds: 2 }))
  })
  const refusal = await client.call('listKeys').catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(ApiProblem)
  expect(refusal).toMatchObject({ code: 'overloaded', status: 503, retryAfterMs: 2000 })
})

test('something that is not Tidemark, and nothing at all, are told apart', async () => {
  const client = await clientOf((_request, response) => response.writeHead(502).end('<html>'))
  await expect(client.call('listKeys')).rejects.toMatchObject({ code: 'unexpected', status: 502 })
  const nobody = new TidemarkClient({ url: 'http://127.0.0.1:1' })
  await expect(nobody.call('listKeys')).rejects.toMatchObject({ code: 'unreachable', status: 0 })
})

test('pages are followed by their cursor', async () => {
  const pages: Record<string, object> = {
    first: { events: [{ id: 1 }, { id: 2 }], cursor: 'second' },
    second: { events: [{ id: 3 }], cursor: null },
  }
  const client = await clientOf((request, response) => {
    const cursor = new URL(request.url!, 'http://x').searchParams.get('cursor') ?? 'first'
    response.setHeader('content-type', 'application/json').end(JSON.stringify(pages[cursor]))
  })
  const ids: unknown[] = []
  for await (const event of client.everyEvent({})) ids.push(event.id)
  expect(ids).toEqual([1, 2, 3])
})

test('a stream goes on after the last event it saw when its connection breaks', async () => {
  const resumed: unknown[] = []
  const client = await clientOf((request, response) => {
    resumed.push(request.headers['last-event-id'])
    response.setHeader('content-type', 'text/event-stream')
    const next = Number(request.headers['last-event-id'] ?? 0) + 1
    response.write(`id: ${next}\nevent: audit\ndata: {"index":${next}}\n\n`, () => response.destroy())
  })
  const seen: unknown[] = []
  const stop = new AbortController()
  for await (const event of client.stream({}, { signal: stop.signal, retryMs: 1 })) {
    seen.push(event.index)
    if (seen.length === 3) stop.abort()
  }
  expect(seen).toEqual([1, 2, 3])
  expect(resumed.slice(0, 3)).toEqual([undefined, '1', '2'])
})

test('a stream that is refused for good says so', async () => {
  const client = await clientOf((_request, response) => {
    const words = {
      type: '/docs#missing_scope',
      title: 'x',
      status: 403,
      detail: 'no',
      reference: 'r',
      code: 'missing_scope',
    }
    response.writeHead(403, { 'content-type': 'application/problem+json' }).end(JSON.stringify(words))
  })
  await expect(client.stream({}).next()).rejects.toMatchObject({ code: 'missing_scope' })
})
