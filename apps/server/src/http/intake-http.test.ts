import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { IngestAnswer } from '@tidemark/wire'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleEvent, startTestServer, type TestKey, type TestServer, until } from '../testing/test-server.js'

let server: TestServer
let writer: TestKey
let auditor: TestKey
beforeAll(async () => {
  server = await startTestServer()
  writer = await server.keyFor('acme', ['write', 'read'])
  auditor = await server.keyFor('acme', ['read', 'write', 'admin'])
})
afterAll(() => server.stop())

async function send(
  body: string | Uint8Array,
  headers: Record<string, string> = {},
  query = '',
): Promise<IngestAnswer> {
  const response = await fetch(`${server.url}/v1/events${query}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers: { authorization: `Bearer ${writer.key}`, 'content-type': 'application/json', ...headers },
  })
  expect(response.status).toBe(200)
  return (await response.json()) as IngestAnswer
}

const newId = (n: number) => `018f2b1e-7c00-7000-8000-${String(n).padStart(12, '0')}`
const audited = async (q: string) => (await auditor.client.call('searchEvents', { query: { q, log: '_audit' } })).events

test('an array, an envelope, one event, lines and gzip are all taken', async () => {
  const event = JSON.stringify(sampleEvent())
  const ndjson = { 'content-type': 'application/x-ndjson' }
  for (const answer of [
    await send(`[${event},${event}]`),
    await send(`{"events":[${event},${event}]}`),
    await send(`${event}\n${event}\n`, ndjson),
    await send(gzipSync(`${event}\n${event}`), { ...ndjson, 'content-encoding': 'gzip' }),
  ]) {
    expect(answer).toMatchObject({ stored: 2, duplicates: 0, quarantined: 0 })
    expect(answer.results.map(({ index }) => index)).toEqual([0, 1])
  }
  expect(await send(event)).toMatchObject({ stored: 1 })
})

test('receipts come as they are asked for', async () => {
  const event = JSON.stringify(sampleEvent())
  const compact = await send(event, {}, '?receipts=compact')
  expect(Object.keys(compact.results[0]!)).toEqual(['index', 'status', 'id', 'leafIndex'])
  const full = await send(event)
  expect(full.results[0]!.receipt).toEqual({
    origin: 'tidemark.test/t/acme',
    leafIndex: full.treeSize - 1,
    leafHash: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    receivedAt: expect.any(Number),
  })
  const none = await send(`[${event},{}]`, {}, '?receipts=none')
  expect(none).toMatchObject({ stored: 1, results: [{ index: 1, status: 'quarantined' }] })
})

test('CloudTrail records are mapped here, with the record kept and hashed', async () => {
  const record = JSON.stringify({
    eventVersion: '1.08',
    eventID: '6f1c9e0a-6c0e-4a6e-9a53-0b6c6f4f8f10',
    eventTime: '2025-03-04T05:06:07Z',
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateUser',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/ada', userName: 'ada' },
    sourceIPAddress: '203.0.113.9',
    requestParameters: { userName: 'bob' },
  })
  const ndjson = { 'content-type': 'application/x-ndjson' }
  const first = await send(`${record}\n{"eventName":1}\n`, ndjson, '?format=cloudtrail')
  expect(first).toMatchObject({ stored: 1, quarantined: 1 })
  expect(await send(record, ndjson, '?format=cloudtrail')).toMatchObject({ stored: 0, duplicates: 1 })
  const { id } = first.results[0]!
  await until(async () => (await writer.client.call('searchEvents', { query: { q: `id:${id}` } })).total === 1)
  const event = await writer.client.call('getEvent', { path: { id: id! } })
  expect(event).toMatchObject({ action: 'user.create', outcome: 'success', time: '2025-03-04T05:06:07.000Z' })
  const sha256 = createHash('sha256').update(record).digest('hex')
  expect(event.raw).toEqual({ format: 'aws.cloudtrail', sha256, payload: record })
})

test('an event mapped by its sender comes with its payload, and the hash is ours', async () => {
  const mapped = { event: sampleEvent({ id: newId(41) }), raw: { format: 'my.app', payload: 'user=ada did=login' } }
  expect(await send(JSON.stringify([mapped]), {}, '?format=mapped')).toMatchObject({ stored: 1 })
  await until(async () => (await writer.client.call('searchEvents', { query: { q: `id:${newId(41)}` } })).total === 1)
  const { raw } = await writer.client.call('getEvent', { path: { id: newId(41) } })
  const sha256 = createHash('sha256').update('user=ada did=login').digest('hex')
  expect(raw).toEqual({ format: 'my.app', sha256, payload: 'user=ada did=login' })
  const bare = await send(JSON.stringify([sampleEvent()]), {}, '?format=mapped')
  expect(bare.results[0]).toMatchObject({ status: 'quarantined', problem: { pointer: '/raw' } })
})

test('a bad event is kept aside with its reason, its neighbours are stored', async () => {
  const good = JSON.stringify(sampleEvent())
  const bad = JSON.stringify(sampleEvent({ outcome: 'maybe' }))
  const answer = await send(`[${good},${bad},${good}]`)
  expect(answer).toMatchObject({ stored: 2, quarantined: 1 })
  const { problem, quarantineId } = answer.results[1]!
  expect(problem).toMatchObject({ code: 'invalid_value', pointer: '/outcome' })
  const kept = await writer.client.call('getQuarantined', { path: { quarantineId: quarantineId! } })
  expect(kept).toMatchObject({ text: bad, state: 'held', keyId: writer.id, problem })
})

test('the service of events that name none is what the request says, else audit', async () => {
  const marked = (id: number) => JSON.stringify(sampleEvent({ id: newId(id) }))
  await send(marked(1), {}, '?service=billing')
  await send(marked(2))
  await until(async () => (await writer.client.call('searchEvents', { query: { q: `id:${newId(2)}` } })).total === 1)
  const serviceOf = async (id: number) =>
    (await writer.client.call('getEvent', { path: { id: newId(id) } })).source.service
  expect([await serviceOf(1), await serviceOf(2)]).toEqual(['billing', 'audit'])
})

test('the same event again gets the same receipt, also after a restart', async () => {
  const event = JSON.stringify(sampleEvent({ id: newId(10) }))
  const first = await send(event, {}, '?receipts=full')
  const again = await send(`[${event},${event}]`, {}, '?receipts=full')
  expect(again).toMatchObject({ stored: 0, duplicates: 2 })
  await server.restart()
  const after = await send(event, {}, '?receipts=full')
  for (const { receipt } of [...again.results, ...after.results]) expect(receipt).toEqual(first.results[0]!.receipt)
})

test('the same id with other bytes is a conflict: the first stands, the second is kept, and it is recorded', async () => {
  const first = await send(JSON.stringify(sampleEvent({ id: newId(20) })))
  const other = JSON.stringify(sampleEvent({ id: newId(20), outcome: 'denied' }))
  const answer = await send(other)
  expect(answer).toMatchObject({ stored: 0, conflicts: 1 })
  expect(answer.results[0]).toMatchObject({
    status: 'conflict',
    leafIndex: first.results[0]!.leafIndex,
    problem: { code: 'id_conflict' },
  })
  const { text } = await writer.client.call('getQuarantined', {
    path: { quarantineId: answer.results[0]!.quarantineId! },
  })
  expect(text).toBe(other)
  await until(async () => (await audited('action:tidemark.conflict')).length === 1)
  expect((await audited('action:tidemark.conflict'))[0]).toMatchObject({
    resource: { id: newId(20) },
    actor: { id: writer.id },
  })
})

test('a repaired event is stored once, however often it is replayed', async () => {
  const bad = JSON.stringify(sampleEvent({ outcome: 'maybe', action: 'repaired.once' }))
  const { results } = await send(bad)
  const path = { quarantineId: results[0]!.quarantineId! }
  await expect(writer.client.call('replayQuarantined', { path })).rejects.toMatchObject({
    code: 'event_refused',
    problem: { refusal: { pointer: '/outcome' } },
  })
  const body = { body: bad.replace('maybe', 'failure') }
  const attempts = await Promise.allSettled(
    Array.from({ length: 5 }, () => writer.client.call('replayQuarantined', { path, body })),
  )
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await expect(writer.client.call('replayQuarantined', { path, body })).rejects.toMatchObject({ code: 'conflict' })
  await until(
    async () => (await writer.client.call('searchEvents', { query: { q: 'action:repaired.once' } })).total === 1,
  )
  expect((await writer.client.call('getQuarantined', { path })).state).toBe('replayed')
  await until(async () => (await audited('action:quarantine.replay')).length === 1)
})

test('giving an event up needs an administrator and a reason, and is recorded first', async () => {
  const { results } = await send(JSON.stringify({ nonsense: true }))
  const path = { quarantineId: results[0]!.quarantineId! }
  const body = { reason: 'sent by a load test' }
  await expect(writer.client.call('discardQuarantined', { path, body })).rejects.toMatchObject({
    code: 'missing_scope',
  })
  expect(await auditor.client.call('discardQuarantined', { path, body })).toMatchObject({ state: 'discarded' })
  await until(async () => (await audited('action:quarantine.discard')).length === 1)
  expect((await audited('action:quarantine.discard'))[0]).toMatchObject({
    details: { reason: body.reason },
    actor: { id: auditor.id },
  })
})

test('what the server logs holds neither keys nor bodies', async () => {
  await send(JSON.stringify(sampleEvent({ actor: { id: 'u-1', email: 'secret@example.com' } })))
  await fetch(`${server.url}/v1/events?q=actor_email:secret@example.com&limit=x`, {
    headers: { authorization: `Bearer ${writer.key}` },
  })
  const log = JSON.stringify(server.logged)
  expect(log).toContain('invalid_parameter')
  expect(log).not.toContain('secret@example.com')
  expect(log).not.toContain(writer.key.slice(16))
})
