import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadConfig } from '../config/config.js'
import { DataPaths } from './data-paths.js'
import { initInstallation, readIdentity } from './identity.js'
import { openInstallation } from './open-installation.js'

let root: string
let paths: DataPaths
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tidemark-installation-'))
  paths = new DataPaths(join(root, 'data'), join(root, 'data-head'))
})
afterEach(() => rm(root, { recursive: true }))

const config = (masterKey?: string) => loadConfig({ dataDir: paths.dataDir, ...(masterKey && { masterKey }) }, {})
const operator = { kind: 'operator' } as const

async function withTenant(): Promise<void> {
  await initInstallation(paths.dataDir, 'tidemark.test')
  const installation = await openInstallation(config())
  await installation.administration.createTenant('acme', 'Acme', operator)
  await installation.close()
}

test('a data directory is made once, and its secrets are for its owner alone', async () => {
  const identity = await initInstallation(paths.dataDir, 'tidemark.test')
  expect(await readIdentity(paths.dataDir)).toEqual(identity)
  expect((await stat(paths.masterKey)).mode & 0o077).toBe(0)
  await expect(initInstallation(paths.dataDir, 'tidemark.test')).rejects.toMatchObject({ code: 'already_initialised' })
})

test.each(['', 'Upper', 'a/b', 'a b', '-a'])('"%s" is no host for origins', async (host) => {
  await expect(initInstallation(paths.dataDir, host)).rejects.toMatchObject({ code: 'invalid_config' })
})

test('what is no data directory is said so, with the command that makes one', async () => {
  await expect(openInstallation(config())).rejects.toMatchObject({
    code: 'not_initialised',
    message: expect.stringContaining('tidemark init'),
  })
})

test.each(['', '{"v":1,"host":"tidemark.tesu"', '{"v":1,"hosu":"tidemark.test"}'])(
  'a damaged identity is named: %s',
  async (text) => {
    await withTenant()
    await writeFile(paths.identity, text)
    await expect(openInstallation(config())).rejects.toMatchObject({
      code: 'invalid_config',
      message: expect.stringContaining('tidemark.json is damaged'),
    })
  },
)

test('two processes do not open one data directory', async () => {
  await withTenant()
  const first = await openInstallation(config())
  await expect(openInstallation(config())).rejects.toMatchObject({ code: 'in_use' })
  await first.close()
  await (await openInstallation(config())).close()
})

test('what a process that is gone has left of its lock is taken over', async () => {
  await withTenant()
  await writeFile(paths.lock, '')
  await (await openInstallation(config())).close()
  await expect(stat(paths.lock)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a signing key is wrapped, and another master key does not open it', async () => {
  await withTenant()
  const file = JSON.parse(await readFile(paths.signingKey('acme'), 'utf8'))
  expect(Object.keys(file)).toEqual(['v', 'kid', 'nonce', 'ct'])
  expect((await stat(paths.signingKey('acme/_audit'))).mode & 0o077).toBe(0)
  const other = Buffer.alloc(32, 7).toString('base64')
  await expect(openInstallation(config(other))).rejects.toMatchObject({ code: 'wrong_master_key' })
  await (await openInstallation(config())).close()
})

test('a log whose signing key is lost is not given another one', async () => {
  await withTenant()
  await rm(paths.signingKey('acme'))
  await expect(openInstallation(config())).rejects.toMatchObject({ code: 'missing_signing_key' })
})

test('a master key that others can read is refused', async () => {
  await withTenant()
  await chmod(paths.masterKey, 0o644)
  await expect(openInstallation(config())).rejects.toMatchObject({ code: 'key_exposed' })
})

test('a master key from outside is used and not written down', async () => {
  const masterKey = Buffer.alloc(32, 9).toString('base64')
  await initInstallation(paths.dataDir, 'tidemark.test', false)
  await (await openInstallation(config(masterKey))).close()
  await expect(stat(paths.masterKey)).rejects.toMatchObject({ code: 'ENOENT' })
})
