import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStateStore, type StateStore } from '../state/state-store.js'
import { KeyRing } from './key-ring.js'
import { createKeyText } from './key-text.js'

let directory: string
let db: StateStore
let nowMs = Date.parse('2026-02-03T04:05:06Z')
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidemark-keys-'))
  db = await openStateStore(join(directory, 'state.db'))
  await db.insertInto('tenants').values({ slug: 'acme', name: 'Acme', origin: 'o', created_at: 't' }).execute()
})
afterEach(async () => {
  await db.destroy()
  await rm(directory, { recursive: true })
})

async function addKey(expiresAt: string | null = null) {
  const { id, key, secretHash } = createKeyText()
  const row = {
    id,
    tenant: 'acme',
    name: 'x',
    scopes: 'write read',
    created_at: 't',
    revoked_at: null,
    last_used_at: null,
  }
  await db
    .insertInto('api_keys')
    .values({ ...row, secret_hash: secretHash, expires_at: expiresAt })
    .execute()
  return { id, key }
}
const ring = () => new KeyRing(db, () => nowMs)

test('a key opens what it was made for', async () => {
  const { id, key } = await addKey()
  const holder = await ring().check(key)
  expect(holder).toMatchObject({ keyId: id, tenant: 'acme', scopes: new Set(['write', 'read']) })
})

test('a key with any other secret is nobody', async () => {
  const { key } = await addKey()
  const { key: other } = await addKey()
  const keys = ring()
  for (const wrong of [
    key.slice(0, -1),
    `${key}0`,
    key.slice(0, 16) + other.slice(16),
    key.toUpperCase(),
    '',
    'tm__',
    `${key} `,
  ]) {
    expect(await keys.check(wrong)).toBe('unauthenticated')
  }
})

test('a key expires at its moment, also for what its holder has open', async () => {
  const { key } = await addKey(new Date(nowMs + 1000).toISOString())
  const keys = ring()
  const holder = (await keys.check(key)) as Exclude<Awaited<ReturnType<KeyRing['check']>>, string>
  expect(holder.isLive()).toBe(true)
  nowMs += 1000
  expect(holder.isLive()).toBe(false)
  expect(await keys.check(key)).toBe('key_expired')
})

test('a revoked key is refused from the next request on', async () => {
  const { id, key } = await addKey()
  const keys = ring()
  const holder = (await keys.check(key)) as Exclude<Awaited<ReturnType<KeyRing['check']>>, string>
  keys.revoke(id)
  expect(holder.isLive()).toBe(false)
  expect(await keys.check(key)).toBe('key_revoked')
})

test('a key that is revoked while it is being looked up is revoked', async () => {
  const { id, key } = await addKey()
  const keys = ring()
  const checking = keys.check(key)
  keys.revoke(id)
  expect(await checking).toBe('key_revoked')
})

test('a revoked key is told so only when its secret is right', async () => {
  const { id, key } = await addKey()
  await db.updateTable('api_keys').set({ revoked_at: 't' }).where('id', '=', id).execute()
  expect(await ring().check(key)).toBe('key_revoked')
  expect(await ring().check(key.slice(0, -1) + (key.endsWith('0') ? '1' : '0'))).toBe('unauthenticated')
})

test('the last use is written down to the minute', async () => {
  const { id, key } = await addKey()
  const keys = ring()
  await keys.check(key)
  await keys.saveLastUse()
  const row = await db.selectFrom('api_keys').select('last_used_at').where('id', '=', id).executeTakeFirstOrThrow()
  expect(row.last_used_at).toBe('2026-02-03T04:05:00.000Z')
})
