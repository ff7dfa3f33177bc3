import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrations, schemaVersion } from './migrations.js'
import { openStateStore } from './state-store.js'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidemark-state-'))
})
afterEach(() => rm(directory, { recursive: true }))
const path = () => join(directory, 'state.db')

test('a new store has the newest schema, and an old one keeps what it has', async () => {
  const first = await openStateStore(path())
  expect(await schemaVersion(first)).toBe(migrations.length)
  await first.insertInto('tenants').values({ slug: 'acme', name: 'Acme', origin: 'o', created_at: 't' }).execute()
  await first.destroy()
  const second = await openStateStore(path())
  expect(await second.selectFrom('tenants').select('slug').execute()).toEqual([{ slug: 'acme' }])
  await second.destroy()
})

test('a commit survives a power cut', async () => {
  const db = await openStateStore(path())
  const setting = async (name: string) =>
    Object.values((await sql.raw(`pragma ${name}`).execute(db)).rows[0] as object)[0]
  expect([await setting('journal_mode'), await setting('synchronous'), await setting('foreign_keys')]).toEqual([
    'wal',
    2,
    1,
  ])
  await db.destroy()
})

test('a store written by a newer version is refused with advice', async () => {
  const db = await openStateStore(path())
  await sql`pragma user_version = 999`.execute(db)
  await db.destroy()
  await expect(openStateStore(path())).rejects.toMatchObject({
    code: 'newer_schema',
    message: expect.stringContaining('999'),
  })
})
