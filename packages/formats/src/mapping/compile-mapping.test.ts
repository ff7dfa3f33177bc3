import { readFileSync } from 'node:fs'
import { prepareValue, timeOfId } from '@tidemark/event'
import { describe, expect, test } from 'vitest'
import type { Mapped } from '../mapper.js'
import { compileMapping } from './compile-mapping.js'

const example = (name: string) => readFileSync(new URL(`../../../../examples/${name}`, import.meta.url), 'utf8')

const required = {
  action: 'thing.do',
  outcome: 'success',
  'actor.id': 'a',
  'resource.type': 't',
  'resource.id': 'r',
}

/** The event that a file with these rules makes of a record. */
function mapped(rules: object, record: object, rest: object = {}): Mapped {
  const file = { 'tidemark-mapping': 1, name: 'acme.app', ...rest, event: { ...required, ...rules } }
  const compiled = compileMapping(JSON.stringify(file))
  if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems))
  return compiled.mapper.map(JSON.stringify(record))
}

const eventOf = (rules: object, record: object, rest: object = {}) => {
  const result = mapped(rules, record, { unmapped: 'drop', ...rest })
  if ('refusal' in result) throw new Error(result.refusal.reason)
  return result.event
}

const problemsOf = (text: string) => {
  const compiled = compileMapping(text)
  return 'problems' in compiled ? compiled.problems : []
}

describe('the example', () => {
  const compiled = compileMapping(example('billing-mapping.yaml'))
  const lines = example('billing.ndjson').trim().split('\n')
  const context = {
    now: Date.parse('2025-02-01T00:00:00Z'),
    origin: 'import' as const,
    newId: () => 'x',
    defaultService: 'audit',
  }

  test('maps every line to an event that is accepted', () => {
    if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems))
    for (const line of lines) {
      const result = compiled.mapper.map(line)
      expect('event' in result && prepareValue(result.event, { ...context, raw: result.raw }), line).toHaveProperty(
        'event',
      )
    }
  })

  test('says what happened', () => {
    if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems))
    const [, approved, denied, , exported] = lines.map((line) => compiled.mapper.map(line))
    expect(approved).toMatchObject({
      event: {
        time: '2025-01-15T09:00:55.120Z',
        action: 'invoice.approve',
        outcome: 'success',
        actor: { id: 'u-7', type: 'user', role: 'clerk', name: 'Noor Haddad', email: 'noor@harbourlane.example' },
        resource: { type: 'invoice', id: 'inv-20418' },
        client: { ip: '198.51.100.40' },
        session: { id: 's-51' },
        labels: { region: 'eu' },
        details: {
          amount: 1290.5,
          unmapped: { type: 'INVOICE_APPROVE', user: { role: 'Clerk' }, object: { number: 20418, currency: 'EUR' } },
        },
      },
    })
    expect(denied).toMatchObject({
      event: { outcome: 'denied', error: { code: 'forbidden', message: 'voiding needs the role controller' } },
    })
    expect(exported).toMatchObject({
      event: { action: 'ledgerly.export_run', outcome: 'failure', actor: { id: 'nightly-export', type: 'service' } },
    })
    expect(JSON.stringify(exported)).not.toContain('attempt":3}}}')
  })
})

describe('a value', () => {
  test.each([
    ['a constant', 'x', {}, 'x'],
    ['a path', { path: 'a.b' }, { a: { b: 'v' } }, 'v'],
    ['an item of a list', { path: 'a.1.b' }, { a: [{}, { b: 'v' }] }, 'v'],
    ['a name with a dot', { path: 'a\\.b' }, { 'a.b': 'v' }, 'v'],
    ['the first path that finds one', { path: ['a', 'b'] }, { a: null, b: 'v' }, 'v'],
    ['a number as text', { path: 'a' }, { a: 4 }, '4'],
    ['an object as its JSON', { path: 'a' }, { a: { b: 1 } }, '{"b":1}'],
    ['a table', { path: 'a', values: { 403: 'denied', x: 'y' } }, { a: 403 }, 'denied'],
    ['a default', { path: 'a', default: 'd' }, {}, 'd'],
    [
      'a default where the table has none',
      { path: 'a', values: { x: 'y' }, default: 'd-{a|upper}' },
      { a: 'z' },
      'd-Z',
    ],
    ['lower case', { path: 'a', as: 'lower' }, { a: 'ABC' }, 'abc'],
    ['snake case', { path: 'a', as: 'snake' }, { a: 'CreateUser' }, 'create_user'],
    ['a template', 'x-{a.b}-{{c}}', { a: { b: 7 } }, 'x-7-{c}'],
    ['a template without its value', 'x-{a}', {}, undefined],
    ['nothing of the prototype', { path: 'constructor.name' }, {}, undefined],
  ])('%s', (_name, rule, record, value) => {
    expect(eventOf({ 'session.id': rule }, record).session).toEqual(value === undefined ? undefined : { id: value })
  })

  test('of each kind of field', () => {
    const rules = {
      'source.sequence': { path: 'n' },
      'clock.synced': { path: 'ok', as: 'boolean' },
      'actor.roles': { path: 'roles', split: ';' },
      forwarded_for: { path: 'chain' },
      'client.ip': { path: 'ip' },
      'change.previous.role': { path: 'old' },
      'details.deep.list': { path: 'list' },
      'labels.a.b': { path: 'n' },
    }
    const record = {
      n: 12,
      ok: 'yes',
      roles: 'a; b',
      chain: ['x', 'y'],
      ip: '::ffff:10.0.0.1',
      old: { x: 1 },
      list: [1, { a: 2 }],
    }
    expect(eventOf(rules, record)).toMatchObject({
      source: { sequence: 12 },
      clock: { synced: true },
      actor: { roles: ['a', 'b'] },
      client: { forwardedFor: ['x', 'y'], ip: '10.0.0.1' },
      change: { previous: { role: { x: 1 } } },
      details: { deep: { list: [1, { a: 2 }] } },
      labels: { 'a.b': '12' },
    })
  })

  test('that does not fit its field is left among the unmapped', () => {
    expect(
      mapped({ 'client.ip': { path: 'ip' }, 'source.sequence': { path: 'n' } }, { ip: 'internal', n: 'many' }),
    ).toMatchObject({
      event: { details: { unmapped: { ip: 'internal', n: 'many' } } },
    })
  })
})

describe('a time', () => {
  test.each([
    [{}, '2025-01-15T09:30:00Z', '2025-01-15T09:30:00.000Z'],
    [{}, '2025-01-15 09:30:00.25', '2025-01-15T09:30:00.250Z'],
    [{ offset: '+02:00' }, '2025-01-15 09:30:00', '2025-01-15T07:30:00.000Z'],
    [{ time: 'unix' }, 1736933400, '2025-01-15T09:30:00.000Z'],
    [{ time: 'unix' }, 1736933400.25, '2025-01-15T09:30:00.250Z'],
    [{ time: 'unix_ms' }, '1736933400123', '2025-01-15T09:30:00.123Z'],
    [{ time: 'unix_us' }, 1736933400123456, '2025-01-15T09:30:00.123456Z'],
    [{ time: 'unix_ns' }, '1736933400123456789', '2025-01-15T09:30:00.123456789Z'],
    [{ time: 'dd.MM.yyyy HH:mm' }, '15.01.2025 09:30', '2025-01-15T09:30:00.000Z'],
    [{ time: 'dd/MMM/yyyy:HH:mm:ss', offset: '-05:00' }, '15/Jan/2025:09:30:00', '2025-01-15T14:30:00.000Z'],
    [{ time: 'unix' }, 'soon', undefined],
    [{ time: 'yyyy-MM-dd' }, '2025-02-30', undefined],
    [{}, 'yesterday', undefined],
  ])('%j reads %s', (form, at, time) => expect(eventOf({ time: { path: 'at', ...form } }, { at }).time).toBe(time))
})

describe('a choice', () => {
  const rule = [
    { when: { path: 'code', in: [401, 403] }, use: 'denied' },
    {
      when: [
        { path: 'code', exists: true },
        { path: 'kind', like: 'err*or' },
      ],
      use: 'failure',
    },
    { otherwise: { path: 'fallback', default: 'success' } },
  ]
  test.each([
    [{ code: 403 }, 'denied'],
    [{ code: '401' }, 'denied'],
    [{ code: 500, kind: 'err-or' }, 'failure'],
    [{ code: 500, kind: 'info' }, 'success'],
    [{ kind: 'error' }, 'success'],
    [{ fallback: 'failure' }, 'failure'],
  ])('%j', (record, outcome) => expect(eventOf({ outcome: rule }, record).outcome).toBe(outcome))
})

describe('the id', () => {
  const rules = { id: { path: 'id' }, time: { path: 'at' } }
  test('of the same record is always the same, of another one another', () => {
    const at = '2025-01-15T09:30:00Z'
    const [one, again, other] = ['x1', 'x1', 'x2'].map((id) => eventOf(rules, { id, at }).id)
    expect(timeOfId(one!)).toBe(Date.parse(at))
    expect(again).toBe(one)
    expect(other).not.toBe(one)
  })
  test('that is a UUIDv7 stays', () => {
    const id = '01946946-6dc0-7abc-8def-0123456789ab'
    expect(eventOf(rules, { id }).id).toBe(id)
  })
  test('needs a time', () => expect(eventOf(rules, { id: 'x1' })).not.toHaveProperty('id'))
})

describe('what no rule copies', () => {
  test('is kept below details.unmapped, without what is to be dropped', () => {
    const record = { a: 'v', b: { c: 1, d: null }, secret: 's', list: [{ x: 1, y: 2 }] }
    expect(mapped({ 'session.id': { path: 'a' } }, record, { drop: ['secret', 'list.0.x'] })).toMatchObject({
      event: { session: { id: 'v' }, details: { unmapped: { b: { c: 1 }, list: [{ y: 2 }] } } },
    })
    expect(eventOf({ 'session.id': { path: 'a' } }, record)).not.toHaveProperty('details')
  })
  test('a value that a table replaced is kept, too', () => {
    expect(mapped({ outcome: { path: 'ok', values: { true: 'success' } } }, { ok: true })).toMatchObject({
      event: { outcome: 'success', details: { unmapped: { ok: true } } },
    })
  })
})

test('records of another kind are refused', () => {
  expect(mapped({}, { kind: 'metric' }, { only: { path: 'kind', equals: 'audit' } })).toMatchObject({
    refusal: { code: 'other_format' },
  })
  expect(mapped({}, [] as object)).toMatchObject({ refusal: { code: 'invalid_json' } })
})

const head =
  'tidemark-mapping: 1\nname: acme.app\nevent:\n  action: a.b\n  outcome: success\n  actor.id: a\n  resource.type: t\n  resource.id: r\n'

describe('a mistake is told with its line', () => {
  test.each([
    ['', 1, 'expected a mapping file, see docs/mapping-files.md'],
    ['tidemark-mapping: 2\n', 1, 'Invalid input: expected 1'],
    [`${head}  actr.id: x\n`, 9, 'the event has no field "actr.id"; did you mean "actor_id"?'],
    [`${head}  tenant: x\n`, 9, '"tenant" is not set by a mapping'],
    [`${head}  targets.id: x\n`, 9, '"targets.id" is not set by a mapping'],
    [`${head}  session.id: { pth: x }\n`, 9, 'expected a value, {path: …}, or a list of choices'],
    [
      `${head}  session.id: { path: x, as: upper_case }\n`,
      9,
      'Invalid option: expected one of "text"|"lower"|"upper"|"snake"|"number"|"boolean"|"list"',
    ],
    [`${head}  session.id: { path: a..b }\n`, 9, '"a..b" is no path'],
    [`${head}  session.id: 'x-{a'\n`, 9, 'a brace is not closed; write {{ or }} for the brace itself'],
    [`${head}  session.id: 'x-{a|loud}'\n`, 9, '"loud" is none of text, lower, upper, snake'],
    [
      `${head}  time: { path: t, time: dd.MM }\n`,
      9,
      '"dd.MM" is none of rfc3339, unix, unix_ms, unix_us, unix_ns, or a pattern with yyyy, MM and dd',
    ],
    [
      `${head}  session.id:\n    - when: { path: x }\n      use: y\n`,
      10,
      'ask one question: equals, in, like or exists',
    ],
    [`${head}  session.id:\n    - if: x\n`, 10, 'expected {when: …, use: …} or {otherwise: …}'],
    [`${head}drop: [a, 'b..c']\n`, 9, '"b..c" is no path'],
    [`${head}  actor_id: x\n`, 4, 'two rules set actor.id'],
    [
      'tidemark-mapping: 1\nname: acme.app\nevent:\n  action: a.b\n',
      4,
      'no rule for outcome, actor.id, resource.type, resource.id, which every event has',
    ],
    ['name: Acme\ntidemark-mapping: 1\nevent: {}\n', 1, 'write a name such as acme.billing'],
    [`${head}  session.id: &x y\n  request.id: *x\n`, 1, 'aliases (*name) are not allowed'],
    [`${head}  session.id: [\n`, 10, undefined],
    [`${head}  action: other.act\n`, 9, 'Map keys must be unique'],
  ])('%j', (text, line, message) => {
    const [problem] = problemsOf(text)
    expect(problem?.line).toBe(line)
    if (message !== undefined) expect(problem?.message).toBe(message)
  })

  test('a file that is far too large is refused unread', () => {
    expect(problemsOf('#'.repeat(300_000))).toMatchObject([{ message: 'the file is larger than 256 KiB' }])
  })
})
