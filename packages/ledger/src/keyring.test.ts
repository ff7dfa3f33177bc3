import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMasterKey, masterKeyring, parseMasterKey, readMasterKey } from './keyring.js'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidemark-keyring-'))
})
afterEach(() => rm(directory, { recursive: true }))

test('a wrapped key opens with the same master key and binding only', () => {
  const keyring = masterKeyring(Buffer.alloc(32, 1), randomBytes)
  const other = masterKeyring(Buffer.alloc(32, 2), randomBytes)
  const wrapped = keyring.wrap(Buffer.from('secret'), 'here')
  expect(keyring.unwrap(wrapped, 'here').toString()).toBe('secret')
  expect(() => keyring.unwrap(wrapped, 'there')).toThrow(expect.objectContaining({ code: 'unwrap_failed' }))
  expect(() => other.unwrap(wrapped, 'here')).toThrow(expect.objectContaining({ code: 'wrong_master_key' }))
})

test('no byte of a wrapped key can be altered', () => {
  const keyring = masterKeyring(Buffer.alloc(32, 1), randomBytes)
  const wrapped = keyring.wrap(Buffer.from('secret'), 'here')
  for (let i = 0; i < wrapped.ct.length; i++) {
    const ct = Buffer.from(wrapped.ct)
    ct[i]! ^= 1
    expect(() => keyring.unwrap({ ...wrapped, ct }, 'here')).toThrow(expect.objectContaining({ code: 'unwrap_failed' }))
  }
})

test('a new master key can be read by its owner only, and never replaces one', async () => {
  const path = join(directory, 'master.key')
  const key = await createMasterKey(path, randomBytes)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readMasterKey(path)).toEqual(key)
  await expect(createMasterKey(path, randomBytes)).rejects.toMatchObject({ code: 'EEXIST' })
})

test.each([0o640, 0o604, 0o660])('a master key that others may use is refused: mode %o', async (mode) => {
  const path = join(directory, 'master.key')
  await createMasterKey(path, randomBytes)
  await chmod(path, mode)
  await expect(readMasterKey(path)).rejects.toMatchObject({ code: 'key_exposed' })
})

test('a missing or malformed master key is refused by its name', async () => {
  const path = join(directory, 'master.key')
  await expect(readMasterKey(path)).rejects.toMatchObject({ code: 'key_missing' })
  await writeFile(path, 'not a key\n', { mode: 0o600 })
  await expect(readMasterKey(path)).rejects.toMatchObject({ code: 'key_malformed' })
  expect(() => parseMasterKey(Buffer.alloc(31).toString('base64'))).toThrow(
    expect.objectContaining({ code: 'key_malformed' }),
  )
})
