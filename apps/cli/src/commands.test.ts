import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TidemarkClient } from '@tidemark/wire'
import stringWidth from 'string-width'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exitCode } from './exit-code.js'
import { run } from './run.js'
import { ServerProcess } from './testing/server-process.js'
import { runIn, type TestShellOptions, testShell } from './testing/test-shell.js'

/** The instant at which the sample data ends. */
const now = new Date()
const folder = mkdtempSync(join(tmpdir(), 'tidemark-cli-'))
const data = join(folder, 'data')
let server: ServerProcess
let key: string

const cli = (words: readonly string[], more: TestShellOptions = {}) =>
  runIn({ cwd: folder, now, ...more, env: { HOME: folder, ...more.env } }, ...words)
const ok = async (...words: string[]) => {
  const { code, err, out } = await cli(words)
  if (code !== 0) throw new Error(`tidemark ${words.join(' ')} ended with ${code}\n${err}`)
  return out
}

beforeAll(async () => {
  await ok('init', '--data', 'data', '--tenant', 'acme')
  server = await ServerProcess.start(data)
  await ok('demo', '--data', 'data', '--events', '4000', '--quiet')
  key = (await ok('key', 'create', '--data', 'data', '--scopes', 'read,verify', '--name', 'auditor')).trim()
}, 60_000)

afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('which server', () => {
  const count = async (more: TestShellOptions, ...words: string[]) => {
    const { code, err, out } = await cli(['search', '--json', '--limit', '1', ...words], more)
    return code === 0 ? JSON.parse(out).total : `${code} ${err}`
  }

  test('the data directory of this folder, a named one, or an address with a key', async () => {
    expect(await count({})).toBe(4_000)
    expect(await count({ cwd: '/' }, '--data', data)).toBe(4_000)
    expect(await count({ cwd: '/' }, '--url', server.url, '--key', key)).toBe(4_000)
    expect(await count({ cwd: '/', env: { TIDEMARK_URL: server.url, TIDEMARK_KEY: key } })).toBe(4_000)
  })

  test('none is said so, with what to do', async () => {
    expect(await count({ cwd: '/' })).toMatch(/^4 .*no_server_named.*npm start/)
    expect(await count({}, '--url', 'http://127.0.0.1:1')).toMatch(/^4 .*unreachable.*tidemark serve/)
    expect(await count({}, '--url', 'nonsense')).toMatch(/^2 .*invalid_url/)
  })

  test('a key that is wrong, or may not do it, is exit code 5', async () => {
    expect(await count({}, '--url', server.url, '--key', 'tm_000000000000_00')).toMatch(/^5 [\s\S]*tidemark key create/)
    const denied = await cli(['ingest', '-', '--url', server.url, '--key', key], { stdin: '{"action":"a.b"}\n' })
    expect(denied.code).toBe(exitCode.refused)
  })
})

describe('search', () => {
  const query = 'outcome:denied AND time:>91d'

  test('is a table that fits the terminal, with the total beside it', async () => {
    for (const columns of [60, 80, 120, 200]) {
      const { err, out } = await cli(['search', query, '--limit', '7'], { columns })
      const lines = out.trimEnd().split('\n')
      expect(lines).toHaveLength(8)
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns)
      expect(err).toMatch(/^7 of [\d,]+ events · tree size 4,001 · --all shows every one$/m)
    }
  })

  test('--all gives as many as the total, in every format', async () => {
    const { total } = JSON.parse(await ok('search', query, '--json', '--limit', '1'))
    const json = JSON.parse(await ok('search', query, '--json', '--all'))
    const ndjson = (await ok('search', query, '--format', 'ndjson', '--all')).trim().split('\n')
    const csv = (await ok('search', query, '--format', 'csv', '--all', '-c', 'id,outcome')).trim().split('\r\n')
    expect([json.events.length, ndjson.length, csv.length - 1]).toEqual([total, total, total])
    expect(csv[0]).toBe('id,outcome')
    expect(csv.slice(1).map((line) => line.split(',')[0])).toEqual(json.events.map((event: { id: string }) => event.id))
    expect(JSON.parse(ndjson[0] as string).id).toBe(json.events[0].id)
  })

  test('more than a page is put together of pages, each event once', async () => {
    const { events, total } = JSON.parse(await ok('search', '--json', '--all', '--order', 'asc'))
    expect(events).toHaveLength(total)
    expect(new Set(events.map((event: { id: string }) => event.id)).size).toBe(total)
  })

  test('only the columns asked for, without a header, are good for scripts', async () => {
    expect(await ok('search', query, '-n', '2', '-c', 'outcome', '--no-header')).toBe('denied\ndenied\n')
  })

  test('a pipe gives figures', async () => {
    const out = await ok('search', '* | count by outcome')
    expect(out).toMatch(/^outcome +count\n(?:.*\n)*success +3,?\d+/)
    const { columns, rows } = JSON.parse(await ok('search', '* | count by outcome', '--json'))
    expect(columns).toEqual(['outcome', 'count'])
    expect(rows.reduce((sum: number, row: [string, number]) => sum + row[1], 0)).toBe(4_000)
    expect(await ok('search', '* | count', '--format', 'csv')).toMatch(/^count\r\n4000\r\n$/)
  })

  test('an answer can be had again as of an earlier tree size', async () => {
    const { total } = JSON.parse(await ok('search', '--json', '--as-of', '101', '--limit', '1'))
    expect(total).toBe(100)
  })

  test('a mistake is shown under its place, with exit code 2', async () => {
    const { code, err } = await cli(['search', 'actin:auth.login'])
    expect(code).toBe(exitCode.usage)
    expect(err).toContain('  actin:auth.login\n  ^^^^^\n')
    expect(err).toContain('→ action:auth.login')
  })

  test('nothing found is said, and is no failure', async () => {
    expect(await cli(['search', 'action:no.such'])).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringContaining('No event matches'),
    })
  })
})

describe('proof', () => {
  test('of one event is written in both formats, checks offline, and fails when altered', async () => {
    const id = (await ok('search', 'action:role.update', '-n', '1', '-c', 'id', '--no-header')).trim()
    expect(await ok('prove', id, '--out', 'e.proof.json')).toContain('✓ holds  e.proof.json')
    for (const name of ['e.proof.json', 'e.tlog-proof']) expect(await ok('verify', name)).toContain('role.update')
    const bundle = readFileSync(join(folder, 'e.proof.json'), 'utf8')
    writeFileSync(join(folder, 'forged.proof.json'), bundle.replace('role.update', 'role.delete'))
    const forged = await cli(['verify', 'forged.proof.json'])
    expect(forged).toMatchObject({ code: exitCode.verificationFailed, out: expect.stringContaining('✗ FAILS') })
    const elsewhere = JSON.parse(await ok('prove', '5', '--json', '--disclose', 'none'))
    expect(elsewhere).toMatchObject({ leafIndex: 5, parts: { core: { digest: expect.any(String) } } })
  })

  test('of something that is not there is a failure that helps', async () => {
    const { code, err } = await cli(['prove', '99999999'])
    expect(code).toBe(exitCode.failed)
    expect(err).toContain('try: tidemark search')
  })
})

describe('verify', () => {
  test('holds for the data directory, the served log, and with the key from elsewhere', async () => {
    expect(await ok('verify', data, '--quiet')).toMatch(/acme {2}4,001 leaves signed[\s\S]*✓ integrity +holds/)
    const served = JSON.parse(await ok('verify', server.url, '--key', key, '--json', '--quiet'))
    expect([served.holds, served.logs[0].checkpoint.size]).toEqual([true, 4_001])
    const { verifierKey } = await new TidemarkClient({ url: server.url, key }).call('logState')
    const named = JSON.parse(
      await ok('verify', `${server.url}/t/acme`, '--key', key, '--verifier-key', verifierKey, '--json', '--quiet'),
    )
    expect(named.holds).toBe(true)
  })

  test('of a log this key may not read is exit code 5 or 4, never a verdict', async () => {
    const { code, out } = await cli(['verify', `${server.url}/t/acme`])
    expect([exitCode.refused, exitCode.cannotConnect]).toContain(code)
    expect(out).toBe('')
  })

  test('of something else is a mistake', async () => {
    expect((await cli(['verify', 'no-such-thing'])).code).toBe(exitCode.failed)
    writeFileSync(join(folder, 'letter.txt'), 'Dear auditor,\n')
    expect((await cli(['verify', 'letter.txt'])).code).toBe(exitCode.usage)
  })
})

describe('backup and restore', () => {
  test('a copy taken while the server runs verifies, names an altered file, and restores to the same answers', async () => {
    const out = await ok('backup', '--out', 'copy', '--quiet')
    expect(out).toContain('The master key is not in the copy')
    expect(existsSync(join(folder, 'copy/secrets/master.key'))).toBe(false)
    expect(await ok('verify', 'copy', '--quiet')).toMatch(/✓ backup +holds/)
    expect((await cli(['backup', '--out', 'copy'])).code).toBe(exitCode.failed)

    cpSync(join(folder, 'copy'), join(folder, 'altered'), { recursive: true })
    const bundle = join(folder, 'altered/logs/acme/main/tile/entries/003')
    const bytes = readFileSync(bundle)
    bytes[bytes.lastIndexOf('"c":"') + 8]! ^= 1
    writeFileSync(bundle, bytes)
    const altered = await cli(['verify', 'altered', '--quiet'])
    expect(altered.code).toBe(exitCode.verificationFailed)
    expect(altered.out).toMatch(/first bad leaf: 1,023/)

    const noKey = await cli(['restore', 'copy', '--data', 'restored', '--accept-head'])
    expect(noKey).toMatchObject({ code: exitCode.failed, err: expect.stringContaining('master.key') })
    cpSync(join(data, 'secrets/master.key'), join(folder, 'restored/secrets/master.key'))
    const noHead = await cli(['restore', '--data', 'restored'])
    expect(noHead.code).toBe(exitCode.usage)
    await ok('restore', '--accept-head', '--data', 'restored')
    const again = await ServerProcess.start(join(folder, 'restored'))
    try {
      const total = async () => JSON.parse(await ok('search', '--data', 'restored', '--json', '--limit', '1')).total
      await expect.poll(total, { timeout: 30_000 }).toBe(4_000)
    } finally {
      await again.stop()
    }
    const rebuilt = JSON.parse(await ok('rebuild-index', '--data', 'restored', '--json', '--quiet'))
    expect(rebuilt.leaves).toBeGreaterThan(4_000)
  }, 60_000)

  test('a copy with the master key says so and opens by itself', async () => {
    expect(await ok('backup', '--out', 'whole', '--with-master-key', '--quiet')).toContain('holds the master key')
    expect(await ok('verify', 'whole', '--quiet')).toMatch(/4,000 of 4,000 events were opened/)
    expect(statSync(join(folder, 'whole/secrets/master.key')).mode & 0o077).toBe(0)
  })

  test('an index is not rebuilt under a running server', async () => {
    expect(await cli(['rebuild-index'])).toMatchObject({
      code: exitCode.failed,
      err: expect.stringContaining('A server is running'),
    })
  })
})

describe('keys and tenants', () => {
  test('a key is created, listed without its secret, and revoked', async () => {
    const made = JSON.parse(
      await ok('key', 'create', '--name', 'ci', '--scopes', 'write', '--expires', '30d', '--json'),
    )
    expect(made).toMatchObject({
      name: 'ci',
      tenant: 'acme',
      scopes: ['write'],
      expiresAt: new Date(now.getTime() + 30 * 86_400_000).toISOString(),
    })
    const list = await ok('key', 'list')
    expect(list).toContain(made.id)
    expect(list).not.toContain(made.key.split('_')[2])
    await ok('key', 'revoke', made.id)
    const [line] = (await ok('key', 'list')).split('\n').filter((each) => each.startsWith(made.id))
    expect(line).toContain('revoked')
  })

  test('the key alone goes to standard output, for scripts', async () => {
    const { err, out } = await cli(['key', 'create', '--scopes', 'read'])
    expect(out).toMatch(/^tm_[0-9a-z]{12}_[0-9a-f]{64}\n$/)
    expect(err).toContain('It is shown only now')
  })

  test('an unknown scope or tenant is refused with what helps', async () => {
    expect((await cli(['key', 'create', '--scopes', 'everything'])).code).toBe(exitCode.usage)
    expect(await cli(['key', 'list', '--tenant', 'nobody'])).toMatchObject({
      code: exitCode.failed,
      err: expect.stringContaining('tidemark tenant list'),
    })
  })

  test('a second tenant makes commands ask which', async () => {
    await ok('tenant', 'create', 'beta', '--name', 'Beta Inc.')
    expect(await ok('tenant', 'list')).toMatch(/acme[\s\S]*beta +Beta Inc\./)
    expect(await cli(['search'])).toMatchObject({ code: exitCode.usage, err: expect.stringContaining('--tenant') })
    expect(JSON.parse(await ok('search', '--tenant', 'acme', '--json', '-n', '1')).total).toBe(4_000)
    expect(JSON.parse(await ok('search', '--tenant', 'beta', '--json', '-n', '1')).total).toBe(0)
    expect((await cli(['tenant', 'create', 'Not A Name'])).code).toBe(exitCode.usage)
  })
})

describe('the audit report', () => {
  const [from, to] = [new Date(now.getTime() - 90 * 86_400_000).toISOString(), now.toISOString()]
  const period = ['report', 'audit-summary', '--tenant', 'acme', '--from', from, '--to', to]

  test('every figure is what its query gives, and the lists are whole', async () => {
    const summary = JSON.parse(await ok(...period, '--json'))
    const totals = await Promise.all(
      (['totalAuthEvents', 'failedLogins', 'accessDenied', 'configChanges'] as const).map(async (name) => {
        const words = [
          'search',
          summary.figures[name].query,
          '--tenant',
          'acme',
          '--from',
          from,
          '--to',
          to,
          '--as-of',
          String(summary.asOf),
        ]
        const { total } = JSON.parse(await ok(...words, '--json', '-n', '1'))
        expect(summary.summary[name]).toBe(total)
        return total
      }),
    )
    expect(Math.min(...totals)).toBeGreaterThan(0)
    expect(summary.authEvents).toHaveLength(summary.summary.totalAuthEvents)
    expect(summary.deniedEvents).toHaveLength(summary.summary.accessDenied)
    expect(summary.configChanges).toHaveLength(summary.summary.configChanges)
  })

  test('comes as a table, as Markdown, and as CSV of figures or of events', async () => {
    expect(await ok(...period)).toMatch(/Authentication events +[\d,]+ {2}action:auth\.\*/)
    const markdown = await ok(...period, '--format', 'markdown')
    expect(markdown).toMatch(/^# Audit summary\n[\s\S]*\| Access denied \| [\d,]+ \| `outcome:denied` \|/)
    expect(await ok(...period, '--format', 'csv')).toMatch(/^figure,value,query,tree_size\r\ntotalAuthEvents,\d+,/)
    const denied = (await ok(...period, '--events', 'deniedEvents')).trim().split('\r\n')
    const { summary } = JSON.parse(await ok(...period, '--json'))
    expect(denied.length - 1).toBe(summary.accessDenied)
  })
})

test('tail shows what was, then what comes, and says where to go on', async () => {
  const shell = testShell({ cwd: folder, now, env: { HOME: folder } })
  const tailing = run(['tail', '--tenant', 'acme', '--last', '2', 'action:tail.test OR outcome:denied'], shell)
  await expect.poll(() => shell.written.out.split('\n').length, { timeout: 10_000 }).toBe(3)
  const event =
    '{"action":"tail.test","outcome":"success","actor":{"id":"u-tail","role":"tester"},"resource":{"type":"thing","id":"t-1"}}\n'
  await cli(['ingest', '-', '--tenant', 'acme', '--data', data], { stdin: event })
  await expect
    .poll(() => shell.written.out, { timeout: 10_000 })
    .toMatch(/u-tail \(tester\) {2}tail\.test {2}thing t-1 {2}success/)
  shell.abort.abort()
  await tailing
  expect(shell.written.err).toMatch(/tidemark tail --since \d+/)
})

test('quarantine: a refused event is listed, shown, repaired and taken in; another is given up', async () => {
  const broken =
    '{"action":"Not An Action","outcome":"success","actor":{"id":"u"},"resource":{"type":"t","id":"1"}}\n{"outcome":"success"}\n'
  expect((await cli(['ingest', '-', '--tenant', 'acme', '--data', data], { stdin: broken })).code).toBe(
    exitCode.partlyStored,
  )
  const { entries, total } = JSON.parse(await ok('quarantine', 'list', '--tenant', 'acme', '--json'))
  expect(total).toBe(2)
  const [second, first] = entries as { id: string }[]
  expect(await ok('quarantine', 'show', first!.id, '--tenant', 'acme')).toContain('Not An Action')
  const repaired = join(folder, 'repaired.json')
  writeFileSync(repaired, broken.split('\n')[0]!.replace('Not An Action', 'thing.read'))
  expect(await ok('quarantine', 'replay', first!.id, '--tenant', 'acme', '--body', repaired)).toMatch(
    /Stored as leaf \d+/,
  )
  expect(await ok('quarantine', 'discard', second!.id, '--tenant', 'acme', '--reason', 'a test')).toContain('Discarded')
  expect(JSON.parse(await ok('quarantine', 'list', '--tenant', 'acme', '--json')).total).toBe(0)
})

test('sample data does not go into a log that is in use', async () => {
  expect(await cli(['demo', '--tenant', 'acme'])).toMatchObject({
    code: exitCode.failed,
    err: expect.stringContaining('--yes'),
  })
})

describe('doctor', () => {
  test('finds nothing wrong here', async () => {
    const { code, out } = await cli(['doctor'])
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('ok    server') })
    const { checks, healthy } = JSON.parse(await ok('doctor', '--json'))
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
    await ok('init', '--data', join(folder2, 'd'))
    const { chmodSync } = await import('node:fs')
    chmodSync(join(folder2, 'd/secrets/master.key'), 0o644)
    const exposed = await cli(['doctor', '--data', join(folder2, 'd')])
    expect(exposed).toMatchObject({ code: exitCode.failed, out: expect.stringMatching(/fail {2}keys[\s\S]*chmod 600/) })
    const nowhere = await cli(['doctor', '--data', folder2])
    expect(nowhere).toMatchObject({ code: exitCode.failed, out: expect.stringContaining('tidemark init') })
    rmSync(folder2, { recursive: true })
  })
})
