import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TidemarkClient } from '@tidemark/wire'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exitCode } from './exit-code.js'
import { TestInstallation } from './testing/installation.js'
import { ServerProcess } from './testing/server-process.js'

let here: TestInstallation
let key: string

beforeAll(async () => {
  here = await TestInstallation.start(4_000)
  key = (await here.ok('key', 'create', '--scopes', 'read,verify', '--name', 'auditor')).trim()
}, 60_000)

afterAll(() => here?.stop())

describe('verify', () => {
  test('holds for the data directory, the served log, and with the key from elsewhere', async () => {
    expect(await here.ok('verify', here.data, '--quiet')).toMatch(
      /acme {2}4,001 leaves signed[\s\S]*✓ integrity +holds/,
    )
    const served = JSON.parse(await here.ok('verify', here.server.url, '--key', key, '--json', '--quiet'))
    expect([served.holds, served.logs[0].checkpoint.size]).toEqual([true, 4_001])
    const { verifierKey } = await new TidemarkClient({ url: here.server.url, key }).call('logState')
    const named = JSON.parse(
      await here.ok(
        'verify',
        `${here.server.url}/t/acme`,
        '--key',
        key,
        '--verifier-key',
        verifierKey,
        '--json',
        '--quiet',
      ),
    )
    expect(named.holds).toBe(true)
  })

  test('of a log this key may not read is exit code 5 or 4, never a verdict', async () => {
    const { code, out } = await here.run(['verify', `${here.server.url}/t/acme`])
    expect([exitCode.refused, exitCode.cannotConnect]).toContain(code)
    expect(out).toBe('')
  })

  test('of something else is a mistake', async () => {
    expect((await here.run(['verify', 'no-such-thing'])).code).toBe(exitCode.failed)
    writeFileSync(join(here.folder, 'letter.txt'), 'Dear auditor,\n')
    expect((await here.run(['verify', 'letter.txt'])).code).toBe(exitCode.usage)
  })
})

describe('backup and restore', () => {
  test('a copy taken while the server runs verifies, names an altered file, and restores to the same answers', async () => {
    const out = await here.ok('backup', '--out', 'copy', '--quiet')
    expect(out).toContain('The master key is not in the copy')
    expect(existsSync(join(here.folder, 'copy/secrets/master.key'))).toBe(false)
    expect(await here.ok('verify', 'copy', '--quiet')).toMatch(/✓ backup +holds/)
    expect((await here.run(['backup', '--out', 'copy'])).code).toBe(exitCode.failed)

    cpSync(join(here.folder, 'copy'), join(here.folder, 'altered'), { recursive: true })
    const bundle = join(here.folder, 'altered/logs/acme/main/tile/entries/003')
    const bytes = readFileSync(bundle)
    bytes[bytes.lastIndexOf('"c":"') + 8]! ^= 1
    writeFileSync(bundle, bytes)
    const altered = await here.run(['verify', 'altered', '--quiet'])
    expect(altered.code).toBe(exitCode.verificationFailed)
    expect(altered.out).toMatch(/first bad leaf: 1,023/)

    const noKey = await here.run(['restore', 'copy', '--data', 'restored', '--accept-head'])
    expect(noKey).toMatchObject({ code: exitCode.failed, err: expect.stringContaining('master.key') })
    cpSync(join(here.data, 'secrets/master.key'), join(here.folder, 'restored/secrets/master.key'))
    const noHead = await here.run(['restore', '--data', 'restored'])
    expect(noHead.code).toBe(exitCode.usage)
    await here.ok('restore', '--accept-head', '--data', 'restored')
    const log = join(here.folder, 'restored/logs/acme/main')
    renameSync(log, join(here.folder, 'log-taken-away'))
    const withoutLog = await here.run(['verify', 'restored', '--quiet'])
    expect(withoutLog.code).toBe(exitCode.verificationFailed)
    expect((await here.run(['doctor', '--data', 'restored'])).out).toMatch(
      /remembers 4,001 leaves of a log that is gone/,
    )
    expect(withoutLog.out).toMatch(/The log went back: the head cell has 4001 leaves/)
    renameSync(join(here.folder, 'log-taken-away'), log)
    const again = await ServerProcess.start(join(here.folder, 'restored'))
    try {
      const total = async () =>
        JSON.parse(await here.ok('search', '--data', 'restored', '--json', '--limit', '1')).total
      await expect.poll(total, { timeout: 30_000 }).toBe(4_000)
    } finally {
      await again.stop()
    }
    const rebuilt = JSON.parse(await here.ok('rebuild-index', '--data', 'restored', '--json', '--quiet'))
    expect(rebuilt.leaves).toBeGreaterThan(4_000)
  }, 60_000)

  test('a copy with the master key says so and opens by itself', async () => {
    expect(await here.ok('backup', '--out', 'whole', '--with-master-key', '--quiet')).toContain('holds the master key')
    expect(await here.ok('verify', 'whole', '--quiet')).toMatch(/4,000 of 4,000 events were opened/)
    expect(statSync(join(here.folder, 'whole/secrets/master.key')).mode & 0o077).toBe(0)
  })

  test('an index is not rebuilt under a running server', async () => {
    expect(await here.run(['rebuild-index'])).toMatchObject({
      code: exitCode.failed,
      err: expect.stringContaining('A server is running'),
    })
  })
})

describe('keys and tenants', () => {
  test('a key is created, listed without its secret, and revoked', async () => {
    const made = JSON.parse(
      await here.ok('key', 'create', '--name', 'ci', '--scopes', 'write', '--expires', '30d', '--json'),
    )
    expect(made).toMatchObject({
      name: 'ci',
      tenant: 'acme',
      scopes: ['write'],
      expiresAt: new Date(here.now.getTime() + 30 * 86_400_000).toISOString(),
    })
    const list = await here.ok('key', 'list')
    expect(list).toContain(made.id)
    expect(list).not.toContain(made.key.split('_')[2])
    await here.ok('key', 'revoke', made.id)
    const [line] = (await here.ok('key', 'list')).split('\n').filter((each) => each.startsWith(made.id))
    expect(line).toContain('revoked')
  })

  test('the key alone goes to standard output, for scripts', async () => {
    const { err, out } = await here.run(['key', 'create', '--scopes', 'read'])
    expect(out).toMatch(/^tm_[0-9a-z]{12}_[0-9a-f]{64}\n$/)
    expect(err).toContain('It is shown only now')
  })

  test('an unknown scope or tenant is refused with what helps', async () => {
    expect((await here.run(['key', 'create', '--scopes', 'everything'])).code).toBe(exitCode.usage)
    expect(await here.run(['key', 'list', '--tenant', 'nobody'])).toMatchObject({
      code: exitCode.failed,
      err: expect.stringContaining('tidemark tenant list'),
    })
  })

  test('a second tenant makes commands ask which', async () => {
    await here.ok('tenant', 'create', 'beta', '--name', 'Beta Inc.')
    expect(await here.ok('tenant', 'list')).toMatch(/acme[\s\S]*beta +Beta Inc\./)
    expect(await here.run(['search'])).toMatchObject({ code: exitCode.usage, err: expect.stringContaining('--tenant') })
    expect(JSON.parse(await here.ok('search', '--tenant', 'acme', '--json', '-n', '1')).total).toBe(4_000)
    expect(JSON.parse(await here.ok('search', '--tenant', 'beta', '--json', '-n', '1')).total).toBe(0)
    expect((await here.run(['tenant', 'create', 'Not A Name'])).code).toBe(exitCode.usage)
  })
})

test('quarantine: a refused event is listed, shown, repaired and taken in; another is given up', async () => {
  const broken =
    '{"action":"Not An Action","outcome":"success","actor":{"id":"u"},"resource":{"type":"t","id":"1"}}\n{"outcome":"success"}\n'
  expect((await here.run(['ingest', '-', '--tenant', 'acme', '--data', here.data], { stdin: broken })).code).toBe(
    exitCode.partlyStored,
  )
  const { entries, total } = JSON.parse(await here.ok('quarantine', 'list', '--tenant', 'acme', '--json'))
  expect(total).toBe(2)
  const [second, first] = entries as { id: string }[]
  expect(await here.ok('quarantine', 'show', first!.id, '--tenant', 'acme')).toContain('Not An Action')
  const repaired = join(here.folder, 'repaired.json')
  writeFileSync(repaired, broken.split('\n')[0]!.replace('Not An Action', 'thing.read'))
  expect(await here.ok('quarantine', 'replay', first!.id, '--tenant', 'acme', '--body', repaired)).toMatch(
    /Stored as leaf \d+/,
  )
  expect(await here.ok('quarantine', 'discard', second!.id, '--tenant', 'acme', '--reason', 'a test')).toContain(
    'Discarded',
  )
  expect(JSON.parse(await here.ok('quarantine', 'list', '--tenant', 'acme', '--json')).total).toBe(0)
})

test('sample data does not go into a log that is in use', async () => {
  expect(await here.run(['demo', '--tenant', 'acme'])).toMatchObject({
    code: exitCode.failed,
    err: expect.stringContaining('--yes'),
  })
})

describe('doctor', () => {
  test('finds nothing wrong here', async () => {
    const { code, out } = await here.run(['doctor'])
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('ok    server') })
    const { checks, healthy } = JSON.parse(await here.ok('doctor', '--json'))
    expect(healthy).toBe(true)
    expect(checks.map((check: { check: string }) => check.check)).toEqual(
      expect.arrayContaining([
        'node',
        'disk space',
        'clock',
        'port',
        'data directory',
        'lock',
        'keys',
        'head cell',
        'checkpoints',
        'server',
        'intake',
        'index',
        'quarantine',
      ]),
    )
  })

  test('finds a key others can read, and a directory that is none', async () => {
    const folder2 = mkdtempSync(join(tmpdir(), 'tidemark-doctor-'))
    await here.ok('init', '--data', join(folder2, 'd'))
    chmodSync(join(folder2, 'd/secrets/master.key'), 0o644)
    const exposed = await here.run(['doctor', '--data', join(folder2, 'd')])
    expect(exposed).toMatchObject({ code: exitCode.failed, out: expect.stringMatching(/fail {2}keys[\s\S]*chmod 600/) })
    const nowhere = await here.run(['doctor', '--data', folder2])
    expect(nowhere).toMatchObject({ code: exitCode.failed, out: expect.stringContaining('tidemark init') })
    rmSync(folder2, { recursive: true })
  })
})
