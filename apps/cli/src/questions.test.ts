import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import stringWidth from 'string-width'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exitCode } from './exit-code.js'
import { run } from './run.js'
import { TestInstallation } from './testing/installation.js'
import { type TestShellOptions, testShell } from './testing/test-shell.js'

let here: TestInstallation
let key: string

beforeAll(async () => {
  here = await TestInstallation.start(4_000)
  key = (await here.ok('key', 'create', '--scopes', 'read,verify', '--name', 'auditor')).trim()
}, 60_000)

afterAll(() => here?.stop())

describe('which server', () => {
  const count = async (more: TestShellOptions, ...words: string[]) => {
    const { code, err, out } = await here.run(['search', '--json', '--limit', '1', ...words], more)
    return code === 0 ? JSON.parse(out).total : `${code} ${err}`
  }

  test('the data directory of this folder, a named one, or an address with a key', async () => {
    expect(await count({})).toBe(4_000)
    expect(await count({ cwd: '/' }, '--data', here.data)).toBe(4_000)
    expect(await count({ cwd: '/' }, '--url', here.server.url, '--key', key)).toBe(4_000)
    expect(await count({ cwd: '/', env: { TIDEMARK_URL: here.server.url, TIDEMARK_KEY: key } })).toBe(4_000)
  })

  test('none is said so, with what to do', async () => {
    expect(await count({ cwd: '/' })).toMatch(/^4 .*no_server_named.*npm start/)
    expect(await count({}, '--url', 'http://127.0.0.1:1')).toMatch(/^4 .*unreachable.*tidemark serve/)
    expect(await count({}, '--url', 'nonsense')).toMatch(/^2 .*invalid_url/)
  })

  test('a key that is wrong, or may not do it, is exit code 5', async () => {
    expect(await count({}, '--url', here.server.url, '--key', 'tm_000000000000_00')).toMatch(
      /^5 [\s\S]*tidemark key create/,
    )
    const denied = await here.run(['ingest', '-', '--url', here.server.url, '--key', key], {
      stdin: '{"action":"a.b"}\n',
    })
    expect(denied.code).toBe(exitCode.refused)
  })
})

describe('search', () => {
  const query = 'outcome:denied AND time:>91d'

  test('is a table that fits the terminal, with the total beside it', async () => {
    for (const columns of [60, 80, 120, 200]) {
      const { err, out } = await here.run(['search', query, '--limit', '7'], { columns })
      const lines = out.trimEnd().split('\n')
      expect(lines).toHaveLength(8)
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns)
      expect(err).toMatch(/^7 of [\d,]+ events · tree size 4,001 · --all shows every one$/m)
    }
  })

  test('--all gives as many as the total, in every format', async () => {
    const { total } = JSON.parse(await here.ok('search', query, '--json', '--limit', '1'))
    const json = JSON.parse(await here.ok('search', query, '--json', '--all'))
    const ndjson = (await here.ok('search', query, '--format', 'ndjson', '--all')).trim().split('\n')
    const csv = (await here.ok('search', query, '--format', 'csv', '--all', '-c', 'id,outcome')).trim().split('\r\n')
    expect([json.events.length, ndjson.length, csv.length - 1]).toEqual([total, total, total])
    expect(csv[0]).toBe('id,outcome')
    expect(csv.slice(1).map((line) => line.split(',')[0])).toEqual(json.events.map((event: { id: string }) => event.id))
    expect(JSON.parse(ndjson[0] as string).id).toBe(json.events[0].id)
  })

  test('more than a page is put together of pages, each event once', async () => {
    const { events, total } = JSON.parse(await here.ok('search', '--json', '--all', '--order', 'asc'))
    expect(events).toHaveLength(total)
    expect(new Set(events.map((event: { id: string }) => event.id)).size).toBe(total)
  })

  test('only the columns asked for, without a header, are good for scripts', async () => {
    expect(await here.ok('search', query, '-n', '2', '-c', 'outcome', '--no-header')).toBe('denied\ndenied\n')
  })

  test('a pipe gives figures', async () => {
    const out = await here.ok('search', '* | count by outcome')
    expect(out).toMatch(/^outcome +count\n(?:.*\n)*success +3,?\d+/)
    const { columns, rows } = JSON.parse(await here.ok('search', '* | count by outcome', '--json'))
    expect(columns).toEqual(['outcome', 'count'])
    expect(rows.reduce((sum: number, row: [string, number]) => sum + row[1], 0)).toBe(4_000)
    expect(await here.ok('search', '* | count', '--format', 'csv')).toMatch(/^count\r\n4000\r\n$/)
  })

  test('an answer can be had again as of an earlier tree size', async () => {
    const { total } = JSON.parse(await here.ok('search', '--json', '--as-of', '101', '--limit', '1'))
    expect(total).toBe(100)
  })

  test('a mistake is shown under its place, with exit code 2', async () => {
    const { code, err } = await here.run(['search', 'actin:auth.login'])
    expect(code).toBe(exitCode.usage)
    expect(err).toContain('  actin:auth.login\n  ^^^^^\n')
    expect(err).toContain('→ action:auth.login')
  })

  test('nothing found is said, and is no failure', async () => {
    expect(await here.run(['search', 'action:no.such'])).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringContaining('No event matches'),
    })
  })
})

describe('proof', () => {
  test('of one event is written in both formats, checks offline, and fails when altered', async () => {
    const id = (await here.ok('search', 'action:role.update', '-n', '1', '-c', 'id', '--no-header')).trim()
    expect(await here.ok('prove', id, '--out', 'e.proof.json')).toContain('✓ holds  e.proof.json')
    for (const name of ['e.proof.json', 'e.tlog-proof']) expect(await here.ok('verify', name)).toContain('role.update')
    const bundle = readFileSync(join(here.folder, 'e.proof.json'), 'utf8')
    writeFileSync(join(here.folder, 'forged.proof.json'), bundle.replace('role.update', 'role.delete'))
    const forged = await here.run(['verify', 'forged.proof.json'])
    expect(forged).toMatchObject({ code: exitCode.verificationFailed, out: expect.stringContaining('✗ FAILS') })
    const elsewhere = JSON.parse(await here.ok('prove', '5', '--json', '--disclose', 'none'))
    expect(elsewhere).toMatchObject({ leafIndex: 5, parts: { core: { digest: expect.any(String) } } })
  })

  test('of something that is not there is a failure that helps', async () => {
    const { code, err } = await here.run(['prove', '99999999'])
    expect(code).toBe(exitCode.failed)
    expect(err).toContain('try: tidemark search')
  })
})

describe('the audit report', () => {
  const span = () => {
    const from = new Date(here.now.getTime() - 90 * 86_400_000).toISOString()
    return ['--tenant', 'acme', '--from', from, '--to', here.now.toISOString()]
  }
  const report = (...more: string[]) => here.ok('report', 'audit-summary', ...span(), ...more)

  test('every figure is what its query gives, and the lists are whole', async () => {
    const summary = JSON.parse(await report('--json'))
    const totals = await Promise.all(
      (['totalAuthEvents', 'failedLogins', 'accessDenied', 'configChanges'] as const).map(async (name) => {
        const words = ['search', summary.figures[name].query, ...span(), '--as-of', String(summary.asOf)]
        const { total } = JSON.parse(await here.ok(...words, '--json', '-n', '1'))
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
    expect(await report()).toMatch(/Authentication events +[\d,]+ {2}action:auth\.\*/)
    const markdown = await report('--format', 'markdown')
    expect(markdown).toMatch(/^# Audit summary\n[\s\S]*\| Access denied \| [\d,]+ \| `outcome:denied` \|/)
    expect(await report('--format', 'csv')).toMatch(/^figure,value,query,tree_size\r\ntotalAuthEvents,\d+,/)
    const denied = (await report('--events', 'deniedEvents')).trim().split('\r\n')
    const { summary } = JSON.parse(await report('--json'))
    expect(denied.length - 1).toBe(summary.accessDenied)
  })
})

test('tail shows what was, then what comes, and says where to go on', async () => {
  const shell = testShell({ cwd: here.folder, now: here.now, env: { HOME: here.folder } })
  const tailing = run(['tail', '--tenant', 'acme', '--last', '2', 'action:tail.test OR outcome:denied'], shell)
  await expect.poll(() => shell.written.out.split('\n').length, { timeout: 10_000 }).toBe(3)
  const event =
    '{"action":"tail.test","outcome":"success","actor":{"id":"u-tail","role":"tester"},"resource":{"type":"thing","id":"t-1"}}\n'
  await here.run(['ingest', '-', '--tenant', 'acme', '--data', here.data], { stdin: event })
  await expect
    .poll(() => shell.written.out, { timeout: 10_000 })
    .toMatch(/u-tail \(tester\) {2}tail\.test {2}thing t-1 {2}success/)
  shell.abort.abort()
  await tailing
  expect(shell.written.err).toMatch(/tidemark tail --since \d+/)
})
