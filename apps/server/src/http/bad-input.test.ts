import { type AddressInfo, connect, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { type IngestAnswer, Problem } from '@tidemark/wire'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { sampleEvent, startTestServer, type TestKey, type TestServer, until } from '../testing/test-server.js'

let server: TestServer
let writer: TestKey
beforeAll(async () => {
  server = await startTestServer({
    bodyIdleMs: '200ms',
    bodyTotalMs: '1s',
    requestBytes: '2MiB',
    inFlightBytes: '3MiB',
    requestEvents: 500,
  })
  writer = await server.keyFor('acme', ['write', 'read'])
})
afterAll(() => server.stop())

const good = JSON.stringify(sampleEvent())
const json = 'application/json'
const ndjson = 'application/x-ndjson'

/** After whatever a test did, its neighbours are served and nothing is left behind. */
afterEach(async () => {
  expect((await post(good)).status).toBe(200)
  await until(async () => (await metric('tidemark_ingest_in_flight_bytes')) === 0)
  expect(server.logged.filter(({ code }) => code === 'internal')).toEqual([])
})

async function post(body: string | Uint8Array, type: string | undefined = json, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/v1/events`, {
    method: 'POST',
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers: { authorization: `Bearer ${writer.key}`, 'content-type': type, ...headers },
  })
  const answer = (await response.json()) as IngestAnswer & Problem
  if (!response.ok) {
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(() => Problem.parse(answer)).not.toThrow()
    expect(server.logged.some(({ reference }) => reference === answer.reference)).toBe(true)
  }
  return { status: response.status, answer }
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)![1])
}

test('JSON broken at any byte is refused or kept aside, never half stored', async () => {
  const body = JSON.stringify([sampleEvent({ details: { a: ['x', 1e3, null] } })])
  const before = (await post(good)).answer.treeSize
  let stored = 0
  for (let at = 0; at < body.length; at++) {
    const cut = await post(body.slice(0, at))
    expect(['invalid_json', 'empty_body']).toContain(cut.answer.code)
    const { status, answer } = await post(`${body.slice(0, at)}\u0001${body.slice(at + 1)}`)
    if (status === 200) stored += answer.stored
    else expect(answer.code).toBe('invalid_json')
  }
  expect((await post(good)).answer.treeSize).toBe(before + stored + 1)
  expect(stored).toBe(0)
})

test.each([
  ['a duplicate key', '{"action":"a.b","action":"a.c"}', 'duplicate_key'],
  ['deep nesting', `{"details":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'too_deep'],
  ['a huge number', '{"details":{"n":123456789012345678901234567890}}', 'unsafe_number'],
  ['a number beyond all', '{"details":{"n":1e999}}', 'unsafe_number'],
  ['a lone surrogate', '{"action":"\\ud800"}', 'lone_surrogate'],
  ['a string of a megabyte', `{"message":"${'x'.repeat(1_000_000)}"}`, 'event_too_large'],
  ['half an object', '{"action":', 'invalid_json'],
  ['no object', '42', 'not_an_object'],
  ['a server field', JSON.stringify(sampleEvent({ tenant: 'globex' })), 'server_field'],
  ['an unknown field', JSON.stringify(sampleEvent({ acton: 'x' })), 'unknown_field'],
  ['a prototype', JSON.stringify(sampleEvent({ details: {} })).replace('{}', '{"__proto__":{"a":1}}'), undefined],
])('%s fails by itself', async (_name, bad, code) => {
  const { status, answer } = await post(`${good}\n${bad}\n${good}\n`, ndjson)
  expect(status).toBe(200)
  expect(answer.stored).toBe(code ? 2 : 3)
  if (!code) return
  expect(answer.results[1]).toMatchObject({ status: 'quarantined', problem: { code } })
  const kept = await writer.client.call('getQuarantined', { path: { quarantineId: answer.results[1]!.quarantineId! } })
  expect(Buffer.from(kept.base64, 'base64').toString()).toBe(bad)
})

test('bytes that are not UTF-8 fail by themselves and are kept untouched', async () => {
  const bad = Buffer.concat([Buffer.from('{"action":"'), Buffer.from([0xff, 0xc0]), Buffer.from('"}')])
  for (const [body, type] of [
    [Buffer.concat([Buffer.from(`${good}\n`), bad, Buffer.from(`\n${good}`)]), ndjson],
    [Buffer.concat([Buffer.from(`[${good},`), bad, Buffer.from(`,${good}]`)]), json],
  ] as const) {
    const { answer } = await post(body, type)
    expect(answer).toMatchObject({ stored: 2, quarantined: 1 })
    const kept = await writer.client.call('getQuarantined', {
      path: { quarantineId: answer.results[1]!.quarantineId! },
    })
    expect(Buffer.from(kept.base64, 'base64')).toEqual(bad)
  }
})

test.each([
  ['nothing', '', json, {}, 400, 'empty_body'],
  ['no events', '[]', json, {}, 400, 'empty_body'],
  ['blank lines', '\n \n', ndjson, {}, 400, 'empty_body'],
  ['too many events', `${good}\n`.repeat(501), ndjson, {}, 413, 'too_many_events'],
  ['too many bytes', ' '.repeat(2 * 1024 * 1024 + 1), ndjson, {}, 413, 'body_too_large'],
  ['a bomb', gzipSync(Buffer.alloc(50_000_000, 0x20)), ndjson, { 'content-encoding': 'gzip' }, 413, 'body_too_large'],
  ['wrong gzip', 'not gzip', ndjson, { 'content-encoding': 'gzip' }, 400, 'invalid_encoding'],
  ['another encoding', good, json, { 'content-encoding': 'br' }, 415, 'unsupported_encoding'],
  ['a form', 'a=b', 'application/x-www-form-urlencoded', {}, 415, 'unsupported_media_type'],
  ['another charset', good, 'application/json; charset=utf-16', {}, 415, 'unsupported_media_type'],
])('a body that is %s is refused as a whole', async (_name, body, type, headers, status, code) => {
  const before = await metric('tidemark_leaves')
  const refused = await post(body, type, headers as Record<string, string>)
  expect([refused.status, refused.answer.code]).toEqual([status, code])
  expect(await metric('tidemark_leaves')).toBe(before)
})

test.each([
  ['/v1/events?limit=0', 'invalid_parameter', 'limit'],
  ['/v1/events?limit=1001', 'invalid_parameter', 'limit'],
  ['/v1/events?form=2025-01-01', 'invalid_parameter', 'form'],
  ['/v1/events?q=a&q=b', 'invalid_parameter', 'q'],
  ['/v1/events?zone=Mars/Olympus', 'invalid_parameter', 'zone'],
  ['/v1/events?asOf=999999999', 'invalid_parameter', 'asOf'],
  ['/v1/events?cursor=xyz', 'invalid_cursor', 'cursor'],
  ['/v1/events?from=tomorrowish', 'invalid_parameter', 'from'],
  ['/v1/histogram?interval=1fortnight', 'invalid_parameter', 'interval'],
  ['/v1/facets?fields=outcme', 'invalid_parameter', 'fields'],
])('%s names the parameter that is wrong', async (address, code, parameter) => {
  const response = await fetch(server.url + address, { headers: { 'x-api-key': writer.key } })
  expect(await response.json()).toMatchObject({ status: 400, code, parameter })
})

test('a query that cannot be read says where, what was found and what is meant', async () => {
  const response = await fetch(`${server.url}/v1/events?q=${encodeURIComponent('outcme:denied')}`, {
    headers: { 'x-api-key': writer.key },
  })
  const problem = await response.json()
  expect(problem).toMatchObject({
    status: 400,
    code: 'invalid_query',
    problems: [{ column: 1, found: 'outcme', suggestion: 'outcome' }],
  })
  expect(() => Problem.parse(problem)).not.toThrow()
})

test.each([
  ['GET', '/nowhere', 404, 'not_found'],
  ['PUT', '/v1/events', 405, 'method_not_allowed'],
  ['DELETE', '/v1/events/7', 405, 'method_not_allowed'],
  ['GET', '/v1/events/%ff', 400, 'invalid_parameter'],
  ['GET', `/v1/events/${'x'.repeat(300)}`, 404, 'not_found'],
])('%s %s is answered as a problem', async (method, address, status, code) => {
  const response = await fetch(server.url + address, { method, headers: { 'x-api-key': writer.key } })
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(await response.json()).toMatchObject({ status, code })
})

const port = () => Number(new URL(server.url).port) as AddressInfo['port']
function raw(text: string): { socket: Socket; said: () => string; ended: Promise<void> } {
  const socket = connect({ port: port(), host: '127.0.0.1', allowHalfOpen: true })
  let said = ''
  socket.on('data', (bytes) => {
    said += bytes
  })
  socket.on('error', () => undefined)
  socket.write(text)
  return {
    socket,
    said: () => said,
    ended: new Promise((resolve) => socket.once('close', () => resolve()).once('end', () => resolve())),
  }
}
const head = (length: number, extra = '') =>
  `POST /v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${writer.key}\r\ncontent-type: ${json}\r\ncontent-length: ${length}\r\n${extra}\r\n`

test('a slow client is told so and hung up on', async () => {
  const { said, ended, socket } = raw(`${head(100)}{"action"`)
  await ended
  expect(said()).toContain('408 Request Timeout')
  expect(said()).toContain('"code":"body_timeout"')
  socket.destroy()
})

test('a client that closes its side after the request still gets the answer', async () => {
  const { socket, said, ended } = raw(head(good.length) + good)
  socket.end()
  await ended
  expect(said()).toContain('200 OK')
  expect(said()).toContain('"stored":1')
})

test('a client that closes its side in the middle is let go', async () => {
  const { socket, ended } = raw(`${head(500)}{"action"`)
  socket.end()
  await ended
  socket.destroy()
})

test('a client that dies in the middle leaves nothing', async () => {
  const before = await metric('tidemark_leaves')
  for (let i = 0; i < 20; i++) {
    const { socket } = raw(head(good.length) + good.slice(0, 50))
    await new Promise((resolve) => setTimeout(resolve, 2))
    socket.resetAndDestroy()
  }
  await until(async () => (await metric('tidemark_ingest_in_flight_bytes')) === 0)
  expect(await metric('tidemark_leaves')).toBe(before)
})

test.each([
  [
    'headers that are far too long',
    `GET /healthz HTTP/1.1\r\nx: ${'y'.repeat(70_000)}\r\n\r\n`,
    'may have 65536 bytes',
  ],
  [
    'a body that ends before it should',
    `POST /healthz HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{`,
    'body_incomplete',
  ],
])('%s are called what they are', async (_what, text, words) => {
  const { said, ended, socket } = raw(text)
  socket.end()
  await ended
  expect(said()).toContain(words)
})

test('what is not HTTP is answered and hung up on', async () => {
  const { said, ended, socket } = raw('HELO mail\r\n\r\n')
  await ended
  expect(said()).toMatch(/^HTTP\/1.1 400 .*application\/problem\+json/s)
  socket.destroy()
})

test('a refused client that goes on sending sees the answer before it is hung up on', async () => {
  const { said, socket } = raw(head(50_000_000))
  const going = setInterval(() => socket.writable && socket.write(' '.repeat(50_000)), 20)
  await until(() => said().includes('"code":"body_too_large"'))
  clearInterval(going)
  socket.destroy()
})

test('requests beyond the memory are sent away with a time to come back, and served then', async () => {
  const slow = Array.from({ length: 2 }, () => raw(`${head(1_500_000)}[${' '.repeat(1_450_000)}`))
  await until(async () => (await metric('tidemark_ingest_in_flight_bytes')) > 2_800_000)
  const body = `[${good}${' '.repeat(400_000)}]`
  const response = await fetch(`${server.url}/v1/events`, {
    method: 'POST',
    body,
    headers: { 'x-api-key': writer.key, 'content-type': json },
  })
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
  expect(await response.json()).toMatchObject({ code: 'overloaded' })
  for (const { socket } of slow) socket.destroy()
  await until(async () => (await metric('tidemark_ingest_in_flight_bytes')) === 0)
  expect((await post(body)).status).toBe(200)
})
