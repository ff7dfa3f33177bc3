import { type Access, type Route, routes, type Scope } from '@tidemark/wire'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleEvent, startTestServer, type TestServer } from '../testing/test-server.js'

const scopes: readonly Scope[] = ['write', 'read', 'verify', 'admin']
const samples: Readonly<Record<string, string>> = {
  path: '0/000.p/1',
  id: '1',
  tenant: 'acme',
  quarantineId: 'q-1',
  keyId: 'nokey',
}
const all = Object.values<Route>(routes)
const guarded = all.filter(({ access }) => access !== 'open')
const keyed = guarded.filter(({ access }) => access !== 'operator')

let server: TestServer
let keys: Record<Scope, string>
let foreign: string
let expired: string
let revoked: string
beforeAll(async () => {
  server = await startTestServer()
  keys = {} as Record<Scope, string>
  for (const scope of scopes) keys[scope] = (await server.keyFor('acme', [scope])).key
  foreign = (await server.keyFor('globex', scopes)).key
  const inPast = new Date(Date.now() - 1000).toISOString()
  expired = (await server.keyFor('acme', scopes, inPast)).key
  const doomed = await server.keyFor('acme', scopes)
  revoked = doomed.key
  await fetch(`${server.url}/v1/keys`, { headers: { authorization: `Bearer ${revoked}` } })
  await server.operator.call('revokeTenantKey', { path: { tenant: 'acme', keyId: doomed.id } })
  const writer = await server.keyFor('acme', ['write'])
  await writer.client.ingest(JSON.stringify(sampleEvent()))
})
afterAll(() => server.stop())

async function codeOf(route: Route, key: string | undefined, search = ''): Promise<string> {
  const path = route.path.replace(/\{\+?([^}]+)\}/g, (_, name) => samples[name]!)
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` }
  const body = route.method === 'POST' ? '{}' : null
  if (body) headers['content-type'] = 'application/json'
  const stop = new AbortController()
  const response = await fetch(`${server.url}${path}${search}`, {
    method: route.method,
    headers,
    body,
    signal: stop.signal,
  })
  if (response.ok) {
    stop.abort()
    return 'ok'
  }
  return ((await response.json()) as { code: string }).code
}

/** What remains to go wrong when a key was let in. */
const isLetIn = (code: string) => !['unauthenticated', 'key_expired', 'key_revoked', 'missing_scope'].includes(code)
const needed = (access: Access): readonly string[] =>
  access === 'log-files' ? ['verify'] : (access as readonly string[])

describe.each(guarded.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_name, route) => {
  test('wants a key that is one', async () => {
    expect(await codeOf(route, undefined)).toBe('unauthenticated')
    for (const key of [
      '',
      'tm_x_y',
      keys.read.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      keys.read.toUpperCase(),
    ]) {
      expect(await codeOf(route, key)).toBe('unauthenticated')
    }
  })
})

describe.each(keyed.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_name, route) => {
  test('refuses a key that expired or was revoked', async () => {
    expect(await codeOf(route, expired)).toBe('key_expired')
    expect(await codeOf(route, revoked)).toBe('key_revoked')
  })

  test('lets in exactly the scopes it declares', async () => {
    for (const scope of scopes) {
      const code = await codeOf(route, keys[scope])
      if (needed(route.access).includes(scope)) expect(isLetIn(code), `${scope}: ${code}`).toBe(true)
      else expect(code, scope).toBe('missing_scope')
    }
  })
})

const named = (routes: readonly Route[]) => routes.map((route) => [`${route.method} ${route.path}`, route] as const)

test.each(named(keyed.filter(({ auditAccess }) => auditAccess)))(
  '%s lets in exactly the scopes it declares for the administration log',
  async (_name, route) => {
    for (const search of ['?log=_audit', '?log=main&log=_audit', '?log=']) {
      for (const scope of scopes.filter((candidate) => !route.auditAccess!.includes(candidate))) {
        expect(await codeOf(route, keys[scope], search), `${scope} ${search}`).toBe('missing_scope')
      }
    }
    for (const scope of route.auditAccess!) expect(isLetIn(await codeOf(route, keys[scope], '?log=_audit'))).toBe(true)
  },
)

test.each(named(keyed.filter(({ path }) => path.includes('{tenant}'))))(
  '%s shows nothing of another tenant, as if there were none',
  async (_name, route) => {
    const nobody = { ...route, path: route.path.replace('{tenant}', 'nobody') }
    expect(await codeOf(route, foreign)).toBe('not_found')
    expect(await codeOf(nobody, foreign)).toBe('not_found')
  },
)

test.each(
  guarded
    .filter(({ access }) => access === 'operator')
    .map((route) => [`${route.method} ${route.path}`, route] as const),
)('%s is closed to every key', async (_name, route) => {
  for (const scope of scopes) expect(await codeOf(route, keys[scope])).toBe('unauthenticated')
  expect(await codeOf(route, foreign)).toBe('unauthenticated')
})

test.each(keyed.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s is closed to the operator token',
  async (_name, route) => {
    const { readAdminChannel } = await import('../installation/admin-channel.js')
    expect(await codeOf(route, (await readAdminChannel(server.dataDir))!.token)).toBe('unauthenticated')
  },
)

test('a scope beyond those known is refused when a key is made', async () => {
  const wrong = server.operator.call('createTenantKey', {
    path: { tenant: 'acme' },
    body: { name: 'x', scopes: ['root' as Scope] },
  })
  await expect(wrong).rejects.toMatchObject({ code: 'invalid_parameter' })
})
