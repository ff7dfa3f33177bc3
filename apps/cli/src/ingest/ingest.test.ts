import { appendFileSync, mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { exitCode } from '../exit-code.js'
import { run } from '../run.js'
import { FakeIntake } from '../testing/fake-intake.js'
import { runIn, type TestShellOptions, testShell } from '../testing/test-shell.js'
import { withId } from './event-id.js'
import { inOrder } from './in-order.js'

let folder: string
let intake: FakeIntake

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-ingest-'))
  intake = await FakeIntake.start()
})
afterEach(() => {
  intake.stop()
  rmSync(folder, { recursive: true, force: true })
})

const event = (number: number) => `{"time":"2025-01-01T00:00:00Z","action":"a.b","number":${number}}`
const events = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `${event(from + index)}\n`).join('')
const file = (name: string, content: string | Buffer) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function ingest(words: readonly string[], more: TestShellOptions = {}) {
  const env = { TIDEMARK_URL: intake.url, TIDEMARK_KEY: 'tm_a_b', XDG_STATE_HOME: join(folder, 'state'), ...more.env }
  return runIn({ cwd: folder, ...more, env }, 'ingest', ...words)
}

const summary = async (...words: string[]) => JSON.parse((await ingest([...words, '--json', '--quiet'])).out)

describe('a file', () => {
  test('is sent whole, whatever its layout; a second run stores nothing twice', async () => {
    file('a.ndjson', events(2_500))
    expect(await summary('a.ndjson')).toMatchObject({ events: 2_500, stored: 2_500, duplicates: 0 })
    expect(await summary('a.ndjson')).toMatchObject({ events: 2_500, stored: 0, duplicates: 2_500 })
    expect(intake.lines.size).toBe(2_500)
  })

  test.each([
    ['gzip', (text: string) => gzipSync(text)],
    ['a JSON array', (text: string) => `[${text.trim().split('\n').join(',')}]`],
    ['an object of events', (text: string) => `{"events":[${text.trim().split('\n').join(',')}]}`],
    ['gzip in two members', (text: string) => Buffer.concat([gzipSync(text.slice(0, 500)), gzipSync(text.slice(500))])],
  ])('may be %s', async (_, made) => {
    file('a', made(events(50)))
    expect(await summary('a')).toMatchObject({ stored: 50, quarantined: 0 })
  })

  test('can come from standard input', async () => {
    const { code, out } = await ingest(['-'], { stdin: events(3) })
    expect({ code, lines: intake.lines.size }).toEqual({ code: exitCode.ok, lines: 3 })
    expect(out).toMatch(/^3 events from standard input in /)
  })

  test('that is not there, or broken gzip, is said so', async () => {
    expect(await ingest(['nothing.json'])).toMatchObject({
      code: exitCode.failed,
      err: expect.stringContaining('There is no such file'),
    })
    file('b.gz', gzipSync(events(5_000)).subarray(0, 900))
    const { code, err } = await ingest(['b.gz'])
    expect(code).toBe(exitCode.failed)
    expect(err).toContain('not a whole gzip file')
  })

  test('nothing to read is a mistake of the command line', async () => {
    expect((await ingest([])).code).toBe(exitCode.usage)
  })
})

describe('what is not stored', () => {
  test('gives exit code 6 and a table with the reasons', async () => {
    file('a.ndjson', `${event(1)}\n{"time":"2025-01-01T00:00:00Z","bad":true}\nno json\n${event(2)}\n`)
    const { code, out } = await ingest(['a.ndjson'])
    expect(code).toBe(exitCode.partlyStored)
    expect(out).toMatch(/^4 events from a\.ndjson in .*\n {2}2 {2}stored\n {2}2 {2}quarantined\n/)
    expect(out).toMatch(/2 {2}missing_field {2}\/action {2}expected an action {2}a\.ndjson record 2/)
    expect(out).toContain('tidemark quarantine list')
  })

  test('a key that may not write gives exit code 5 and the command that helps', async () => {
    intake.behaveAs(() => 'refuse')
    file('a.ndjson', events(1))
    const { code, err } = await ingest(['a.ndjson'])
    expect(code).toBe(exitCode.refused)
    expect(err).toContain('tidemark key create')
  })
})

describe('other formats', () => {
  const mapping = `tidemark-mapping: 1
name: shop.audit
event:
  time: { path: at, time: unix_ms }
  action: { path: what, values: { BOUGHT: order.create } }
  outcome: success
  actor.id: { path: who }
  resource.type: order
  resource.id: { path: order }
`
  const record = '{"at":1736931655120,"what":"BOUGHT","who":"u-7","order":"o-1"}'

  test('CloudTrail is recognised and sent as it is', async () => {
    file('trail.json', '{"Records":[{"eventVersion":"1.08","eventSource":"s3.amazonaws.com","eventName":"GetObject"}]}')
    await ingest(['trail.json'])
    expect(intake.parameters.at(-1)).toContain('format=cloudtrail')
    expect(intake.bodies.at(-1)).toBe(
      '{"eventVersion":"1.08","eventSource":"s3.amazonaws.com","eventName":"GetObject"}\n',
    )
  })

  test('a mapping file maps here, and the record goes along, untouched', async () => {
    file('shop.yaml', mapping)
    file('shop.ndjson', `${record}\n`)
    await ingest(['shop.ndjson', '--mapping', 'shop.yaml'])
    expect(intake.parameters.at(-1)).toContain('format=mapped')
    const { event, raw } = JSON.parse(intake.bodies.at(-1)!)
    expect(raw).toEqual({ format: 'shop.audit', payload: record })
    expect(event).toMatchObject({ action: 'order.create', actor: { id: 'u-7' }, id: expect.stringMatching(/^0194/) })
  })

  test('a record that cannot be mapped goes to quarantine as it was, with the reason of the mapping', async () => {
    file('shop.yaml', mapping)
    file('shop.ndjson', `${record}\nno json\n`)
    const { code, out } = await ingest(['shop.ndjson', '--mapping', 'shop.yaml'])
    expect(code).toBe(exitCode.partlyStored)
    expect(intake.bodies.at(-1)).toContain('\nno json\n')
    expect(out).toMatch(/1 {2}invalid_json .*expected a JSON object .*shop\.ndjson record 2/)
  })

  test('a mistake in a mapping file is shown in its line', async () => {
    file('wrong.yaml', mapping.replace('actor.id:', 'actr.id:'))
    file('shop.ndjson', `${record}\n`)
    const { code, err } = await ingest(['shop.ndjson', '--mapping', 'wrong.yaml'])
    expect(code).toBe(exitCode.usage)
    expect(err).toMatch(/wrong\.yaml:7:\d+\n.*actr\.id.*\n +\^ /)
  })
})

describe('a server that is away', () => {
  test('is waited for: nothing is lost and nothing is stored twice', async () => {
    intake.behaveAs((request) => (['busy', 'hang up', 'land and hang up'] as const)[request] ?? 'answer')
    file('a.ndjson', events(2_000))
    const { code, err } = await ingest(['a.ndjson', '--connections', '1'])
    expect({ code, lines: intake.lines.size }).toEqual({ code: exitCode.ok, lines: 2_000 })
    expect(err).toContain('The server is busy (overloaded). Trying again')
    expect(err).toContain('The server does not answer. Trying again')
  })

  test('and stays away ends the run with exit code 4; the next run goes on from there', async () => {
    file('a.ndjson', events(10_500))
    intake.behaveAs((request) => (request < 4 ? 'answer' : 'hang up'))
    const broken = await ingest(['a.ndjson', '--connections', '1', '--patience', '0'])
    expect(broken.code).toBe(exitCode.cannotConnect)
    expect(broken.err).toContain('it goes on from there')
    intake.behaveAs(() => 'answer')
    const { code, err } = await ingest(['a.ndjson', '--connections', '1'])
    expect({ code, lines: intake.lines.size }).toEqual({ code: exitCode.ok, lines: 10_500 })
    expect(err).toContain('a.ndjson: going on after record 4,000')
    expect(intake.requests).toBe(1 + 7)
    expect(readdirSync(join(folder, 'state', 'tidemark', 'ingest'))).toEqual([])
  })

  test('and comes back without what it had is sent everything', async () => {
    file('a.ndjson', events(3_000))
    intake.behaveAs((request) => (request < 2 ? 'answer' : 'hang up'))
    await ingest(['a.ndjson', '--connections', '1', '--patience', '0'])
    intake.lines.clear()
    intake.behaveAs(() => 'answer')
    const { err } = await ingest(['a.ndjson'])
    expect(intake.lines.size).toBe(3_000)
    expect(err).not.toContain('going on')
  })

  test('a file that was replaced meanwhile begins at its beginning', async () => {
    const path = file('a.ndjson', events(3_000))
    intake.behaveAs((request) => (request < 2 ? 'answer' : 'hang up'))
    await ingest(['a.ndjson', '--connections', '1', '--patience', '0'])
    truncateSync(path)
    appendFileSync(path, events(3_000, 50_000))
    intake.behaveAs(() => 'answer')
    await ingest(['a.ndjson'])
    expect(intake.lines.size).toBe(2_000 + 3_000)
  })
})

test('Ctrl-C stops with exit code 130, and the same command goes on from there', async () => {
  file('a.ndjson', events(5_000))
  const env = { TIDEMARK_URL: intake.url, TIDEMARK_KEY: 'tm_a_b', XDG_STATE_HOME: join(folder, 'state') }
  const shell = testShell({ cwd: folder, env })
  intake.behaveAs((request) => {
    if (request === 3) shell.abort.abort()
    return 'answer'
  })
  expect(await run(['ingest', 'a.ndjson', '--connections', '1'], shell)).toBe(exitCode.interrupted)
  expect(shell.written.err).toMatch(/Stopped in a\.ndjson\. 3,000 events acknowledged[\s\S]*it goes on from there/)
  expect((await ingest(['a.ndjson'])).err).toContain('going on after record 3,000')
  expect(intake.lines.size).toBe(5_000)
})

describe('ids', () => {
  const place = { offset: 10, writtenMs: Date.parse('2025-02-02T00:00:00Z') }

  test('an event keeps the id it has', () => {
    for (const text of ['{"id":"x"}', '{"metadata":{"id":"x"}}', 'no json', '[1]', '7'])
      expect(withId(text, place)).toBe(text)
  })

  test('an event without one gets the same again from the same place of the same file, and another elsewhere', () => {
    expect(withId('{"a":1}', place)).toBe(withId('{"a":1}', place))
    expect(withId('{"a":1}', place)).not.toBe(withId('{"a":1}', { ...place, offset: 11 }))
    expect(withId('{"a":1}', place)).not.toBe(withId('{"a":2}', place))
  })

  test('it says the time of the event, or of the file', () => {
    const msOf = (text: string) => Number.parseInt(JSON.parse(withId(text, place)).id.replace('-', '').slice(0, 12), 16)
    expect(msOf('{"time":"2025-01-01T00:00:00Z"}')).toBe(Date.parse('2025-01-01T00:00:00Z'))
    expect(msOf('{}')).toBe(place.writtenMs)
    expect(msOf('{"time":"long ago"}')).toBe(place.writtenMs)
  })

  test('an event without a time gets the same id when its file is sent again', async () => {
    const path = file('a.ndjson', '{"action":"a.b"}\n')
    utimesSync(path, 1_700_000_000, 1_700_000_000)
    await ingest(['a.ndjson'])
    await ingest(['a.ndjson'])
    expect(intake.lines.size).toBe(1)
  })
})

describe('several requests at once', () => {
  async function* numbers(count: number) {
    for (let number = 0; number < count; number++) yield number
  }

  test('give their answers in order, and never more at once than allowed', async () => {
    let running = 0
    let most = 0
    const work = async (number: number) => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, (number % 3) * 3))
      running -= 1
      return number * 10
    }
    const seen: unknown[] = []
    for await (const pair of inOrder(numbers(20), 3, work)) seen.push(pair)
    expect(seen).toEqual(Array.from({ length: 20 }, (_, number) => [number, number * 10]))
    expect(most).toBe(3)
  })

  test('end at the first failure', async () => {
    const work = async (number: number) => {
      if (number === 3) throw new Error('three')
      return number
    }
    const seen: number[] = []
    const all = async () => {
      for await (const [, result] of inOrder(numbers(10), 2, work)) seen.push(result)
    }
    await expect(all()).rejects.toThrow('three')
    expect(seen).toEqual([0, 1, 2])
  })
})
