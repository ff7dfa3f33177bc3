import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStateStore, type StateStore } from '../state/state-store.js'
import { Administration } from './administration.js'

let directory: string
let db: StateStore
let recorded: { tenant: string; event: Record<string, unknown> }[]
let isLedgerDown: boolean
const revoked: string[] = []
const operator = { kind: 'operator' } as const

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidemark-administration-'))
  db = await openStateStore(join(directory, 'state.db'))
  recorded = []
  isLedgerDown = false
})
afterEach(async () => {
  await db.destroy()
  await rm(directory, { recursive: true })
})

let ids = 0
const administration = () =>
  new Administration({
    db,
    now: () => new Date('2026-02-03T04:05:06Z'),
    newId: () => `018f2b1e-7c00-7000-8000-${String(++ids).padStart(12, '0')}`,
    originOf: (tenant) => `tidemark.test/t/${tenant}`,
    openLogs: async () => undefined,
    record: async (tenant, event) => {
      if (isLedgerDown) throw new Error('disk full')
      recorded.push({ tenant, event })
    },
    onRevoked: (keyId) => revoked.push(keyId),
  })

test('a change is acknowledged after its event is in the ledger', async () => {
  const { key, ...made } = await administration()
    .createTenant('acme', 'Acme', operator)
    .then(() => administration().createKey('acme', { name: 'app', scopes: ['read', 'write'] }, operator))
  expect(key).toMatch(/^tm_[0-9a-z]{12}_[0-9a-f]{64}$/)
  expect(made).toMatchObject({ tenant: 'acme', scopes: ['write', 'read'], revokedAt: null })
  expect(recorded.map(({ event }) => event.action)).toEqual(['tenant.create', 'api_key.create'])
  expect(JSON.stringify(recorded)).not.toContain(key.slice(16))
  expect(await db.selectFrom('outbox').selectAll().execute()).toEqual([])
})

test('the secret of a key is not in the state store', async () => {
  await administration().createTenant('acme', 'Acme', operator)
  const { key } = await administration().createKey('acme', { name: 'app', scopes: ['read'] }, operator)
  const rows = await db.selectFrom('api_keys').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(key.slice(16))
  expect(Buffer.from(rows[0]!.secret_hash).length).toBe(32)
})

test('a change whose event could not be recorded is not acknowledged, and recorded at the next start with the same id', async () => {
  const before = administration()
  await before.createTenant('acme', 'Acme', operator)
  const { id } = await before.createKey('acme', { name: 'app', scopes: ['read'] }, operator)
  isLedgerDown = true
  await expect(before.revokeKey('acme', id, operator)).rejects.toThrow('disk full')
  expect(revoked).toContain(id)
  const [leftover] = await db.selectFrom('outbox').selectAll().execute()
  isLedgerDown = false
  await administration().recordLeftovers()
  expect(recorded.at(-1)!.event).toEqual(JSON.parse(leftover!.event))
  expect(recorded.at(-1)!.event).toMatchObject({ action: 'api_key.revoke', resource: { id } })
  expect((await administration().keys('acme'))[0]!.revokedAt).not.toBeNull()
})

test('revoking again changes nothing and says nothing', async () => {
  await administration().createTenant('acme', 'Acme', operator)
  const { id } = await administration().createKey('acme', { name: 'app', scopes: ['read'] }, operator)
  const first = await administration().revokeKey('acme', id, operator)
  const count = recorded.length
  expect(await administration().revokeKey('acme', id, operator)).toEqual(first)
  expect(recorded.length).toBe(count)
})

test('of many who create the same tenant at once, one does', async () => {
  const one = administration()
  const attempts = await Promise.allSettled(Array.from({ length: 5 }, () => one.createTenant('acme', 'Acme', operator)))
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const attempt of attempts) if (attempt.status === 'rejected') expect(attempt.reason.code).toBe('tenant_exists')
})

test.each(['', 'A', 'acme/', '_audit', '../x', 'a', 'Acme', `a${'b'.repeat(63)}`])(
  '"%s" is no tenant name',
  async (slug) => {
    await expect(administration().createTenant(slug, 'x', operator)).rejects.toMatchObject({ code: 'invalid_tenant' })
  },
)

test('nothing is done for a tenant or a key that does not exist', async () => {
  await expect(administration().createKey('nobody', { name: 'x', scopes: ['read'] }, operator)).rejects.toMatchObject({
    code: 'unknown_tenant',
  })
  await administration().createTenant('acme', 'Acme', operator)
  await administration().createTenant('globex', 'Globex', operator)
  const { id } = await administration().createKey('globex', { name: 'x', scopes: ['read'] }, operator)
  await expect(administration().revokeKey('acme', id, operator)).rejects.toMatchObject({ code: 'unknown_key' })
})

test('an event says which key did it and from where', async () => {
  await administration().createTenant('acme', 'Acme', operator)
  await administration().createKey(
    'acme',
    { name: 'x', scopes: ['read'] },
    { kind: 'key', keyId: 'k7', ip: '10.0.0.7' },
  )
  expect(recorded[0]!.event).toMatchObject({ actor: { id: 'operator', type: 'user' } })
  expect(recorded[1]!.event).toMatchObject({ actor: { id: 'k7', type: 'api_key' }, client: { ip: '10.0.0.7' } })
})
