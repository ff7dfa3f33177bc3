import { createHash } from 'node:crypto'
import { decodeBase64, hashLeaf, openCheckpoint, parseVerifierKey, rootFromInclusion, sameHash } from '@tidemark/proof'
import { ProofBundle } from '@tidemark/wire'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleEvent, startTestServer, type TestKey, type TestServer } from '../testing/test-server.js'

let server: TestServer
let writer: TestKey
let auditor: TestKey
beforeAll(async () => {
  server = await startTestServer()
  writer = await server.keyFor('acme', ['write', 'read'])
  auditor = await server.keyFor('acme', ['verify'])
})
afterAll(() => server.stop())

const bytesOf = (text: string) => Buffer.from(text, 'base64url')
function digestOf(part: ProofBundle['parts']['core']): Buffer {
  if ('digest' in part) return bytesOf(part.digest)
  return createHash('sha256').update(bytesOf(part.salt)).update(part.text).digest()
}

/** What a verifier does, with nothing but the bundle. */
function check(bundle: ProofBundle): boolean {
  const key = parseVerifierKey(bundle.verifierKey)
  const opened = openCheckpoint(bundle.checkpoint, [key])
  if (!opened.valid) return false
  const { checkpoint } = opened
  const root = rootFromInclusion(
    hashLeaf(Buffer.from(bundle.entry)),
    bundle.leafIndex,
    bundle.treeSize,
    bundle.proof.map(decodeBase64),
  )
  const { core, personal, content } = bundle.parts
  const commit = createHash('sha256')
  for (const part of [core, personal, content]) commit.update(digestOf(part))
  const fits = JSON.parse(bundle.entry).c === commit.digest('base64url')
  return fits && root !== null && sameHash(root, checkpoint.root) && checkpoint.size === bundle.treeSize
}

test('a proof of an event that was stored a moment ago holds, with its parts opened', async () => {
  const answer = await writer.client.ingest(JSON.stringify(sampleEvent()))
  const bundle = await writer.client.call('proveEvent', { path: { id: answer.results[0]!.id! } })
  expect(() => ProofBundle.parse(bundle)).not.toThrow()
  expect(bundle.leafIndex).toBe(answer.results[0]!.leafIndex)
  expect(check(bundle)).toBe(true)
  const core = bundle.parts.core as { text: string }
  expect(JSON.parse(core.text)).toMatchObject({ action: 'auth.login' })
  core.text = core.text.replace('auth.login', 'auth.logout')
  expect(check(bundle)).toBe(false)
})

test('every leaf of the log has a proof that holds', async () => {
  const answer = await writer.client.ingest(Array.from({ length: 40 }, () => JSON.stringify(sampleEvent())).join('\n'))
  for (let index = 1; index < answer.treeSize; index += 3) {
    expect(check(await writer.client.call('proveEvent', { path: { id: String(index) } }))).toBe(true)
  }
})

test('who may only verify gets digests, and the proof holds all the same', async () => {
  const bundle = await auditor.client.call('proveEvent', { path: { id: '1' } })
  for (const part of Object.values(bundle.parts)) expect(Object.keys(part)).toEqual(['digest'])
  expect(check(bundle)).toBe(true)
  const wish = auditor.client.call('proveEvent', { path: { id: '1' }, query: { disclose: 'core' } })
  await expect(wish).rejects.toMatchObject({ code: 'missing_scope' })
})

test('parts can be left closed', async () => {
  const bundle = await writer.client.call('proveEvent', { path: { id: '1' }, query: { disclose: 'core' } })
  expect(Object.values(bundle.parts).map((part) => 'text' in part)).toEqual([true, false, false])
  expect(check(bundle)).toBe(true)
})

test.each(['999999', '0', '018f2b1e-7c00-7000-8000-000000000000', 'no id'])('there is no proof of %s', async (id) => {
  await expect(writer.client.call('proveEvent', { path: { id } })).rejects.toMatchObject({ code: 'not_found' })
})

test('checkpoint and tiles are served as files, with what caches need to know', async () => {
  const get = (path: string) => fetch(`${server.url}/t/acme/${path}`, { headers: { 'x-api-key': auditor.key } })
  const checkpoint = await get('checkpoint')
  expect(checkpoint.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(checkpoint.headers.get('cache-control')).toBe('no-cache')
  const size = Number((await checkpoint.text()).split('\n')[1])
  const tile = await get(`tile/0/000.p/${size}`)
  expect(tile.headers.get('content-type')).toBe('application/octet-stream')
  expect((await tile.arrayBuffer()).byteLength).toBe(size * 32)
  expect((await get(`tile/entries/000.p/${size}`)).status).toBe(200)
  expect((await get('_audit/checkpoint')).status).toBe(200)
})

test.each([
  'tile/0/000.p/256',
  'tile/0/000.p/9999',
  'tile/0/x000/000',
  'tile/64/000',
  'tile/0/000/../../../../wal/000000000000.wal',
  'tile/0/%2e%2e/%2e%2e/checkpoint',
  'tile/..%2f..%2f..%2fsecrets%2fmaster.key',
  'tile/%00',
  'tile/0/000%00.p/1',
  'tile/entries/000.tmp',
  'tile//0/000',
  'wal/000000000000.wal',
  'keys/authentication',
])('no path leads out of the tiles: %s', async (path) => {
  const { hostname, port } = new URL(server.url)
  const { request } = await import('node:http')
  const status = await new Promise((resolve) =>
    request({ hostname, port, path: `/t/acme/${path}`, headers: { 'x-api-key': auditor.key } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).end(),
  )
  expect(status).toBe(404)
})

test('logs that are public are open to anyone, and their events are not', async () => {
  const open = await startTestServer({ publicLogs: true })
  await open.keyFor('acme', ['read'])
  expect((await fetch(`${open.url}/t/acme/checkpoint`)).status).toBe(200)
  expect((await fetch(`${open.url}/t/acme/tile/0/000.p/1`)).headers.get('cache-control')).toContain('public')
  expect((await fetch(`${open.url}/t/nobody/checkpoint`)).status).toBe(404)
  expect((await fetch(`${open.url}/v1/events`)).status).toBe(401)
  expect(await (await fetch(`${open.url}/`)).text()).toContain('tidemark.test/t/acme')
  await open.stop()
})

test('the state of the log says what is durable, signed and searchable', async () => {
  const state = await auditor.client.call('logState')
  expect(state).toMatchObject({ tenant: 'acme', log: 'main', origin: 'tidemark.test/t/acme', quarantined: 0 })
  expect(state.treeSize).toBeGreaterThan(40)
  const opened = openCheckpoint(state.checkpoint!.note, [parseVerifierKey(state.verifierKey)])
  expect(opened).toMatchObject({ valid: true, checkpoint: { origin: state.origin, size: state.checkpoint!.size } })
  expect(state.indexLag).toBe(state.treeSize - state.indexed)
})
