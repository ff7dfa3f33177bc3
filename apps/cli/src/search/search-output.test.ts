import { ApiProblem, type EventAnswer, type Problem } from '@tidemark/wire'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testShell } from '../testing/test-shell.js'
import { csvLines, csvOfEvents } from './csv.js'
import { chosenColumns, eventColumns } from './event-columns.js'
import { valueAt } from './event-value.js'
import { instantIn } from './instant-in-zone.js'
import { queryProblemLines } from './query-problem.js'
import { sentenceOf } from './sentence.js'

const event = {
  specVersion: '1.0',
  id: '0195d5b9-c2ed-7000-a4ea-809acb5f80ed',
  time: '2025-03-27T03:51:15.949Z',
  receivedAt: '2025-03-27T03:51:16Z',
  tenant: 'acme',
  index: 41,
  action: 'role.update',
  category: 'access_control',
  level: 'warn',
  outcome: 'denied',
  error: { code: 'forbidden' },
  actor: { id: 'u-1', type: 'user', role: 'support', name: 'Grace Khan', email: 'grace@example.com' },
  resource: { type: 'role', id: 'billing-editor' },
  source: { service: 'audit' },
  client: { ip: '10.0.0.9' },
  details: { rows: 12, tags: ['a', 'b'] },
} as EventAnswer

const plain = (_style: unknown, text: string) => text

test('an event is a sentence: when, who, what, to what, how it ended, from where', () => {
  expect(sentenceOf(event, 'UTC', plain)).toBe(
    '2025-03-27 03:51:15  Grace Khan (support)  role.update  role billing-editor  denied: forbidden · from 10.0.0.9 · audit #41',
  )
})

test('an actor without a name is called by the address, then the id; an unknown one by what they tried', () => {
  const actor = (actor: object) => sentenceOf({ ...event, actor } as EventAnswer, 'UTC', plain).split('  ')[1]
  expect(actor({ id: 'u-1', email: 'a@b.example' })).toBe('a@b.example')
  expect(actor({ id: 'svc-1' })).toBe('svc-1')
  expect(actor({ id: 'unknown', role: 'unknown', email: 'tried@b.example' })).toBe('unknown (tried@b.example)')
})

test('columns are found by alias, path and inside details', () => {
  expect(
    ['actor_id', 'actor.name', 'details.rows', 'details.tags', 'nothing.there'].map((name) => valueAt(event, name)),
  ).toEqual(['u-1', 'Grace Khan', 12, ['a', 'b'], undefined])
  const shown = chosenColumns(['id', 'details.tags', 'actor_ip'], 'UTC').map((column) => column.value(event))
  expect(shown).toEqual([event.id, '["a","b"]', '10.0.0.9'])
})

test('times are shown on the clock of the zone', () => {
  expect(instantIn('America/New_York', event.time)).toBe('2025-03-26 23:51:15')
  expect(eventColumns('Asia/Kolkata')[0]?.value(event)).toBe('2025-03-27 09:21:15')
  expect(instantIn('UTC', 'no time')).toBe('no time')
})

test('CSV quotes what RFC 4180 wants quoted', () => {
  expect(csvLines([['a', 'b,c', 'd "e"', 'f\r\ng', '']])).toBe('a,"b,c","d ""e""","f\r\ng",\r\n')
})

test.each(['=1+1', '+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('a spreadsheet does not run %j', (cell) => {
  expect(
    csvLines([[cell]])
      .replace(/^"/, '')
      .startsWith("'"),
  ).toBe(true)
})

test('numbers and instants stay what they are', () => {
  expect(csvLines([['-12.5', '0', '2025-01-01', '7']])).toBe('-12.5,0,2025-01-01,7\r\n')
})

test('any cells come back from the CSV as they were, but for the guard', () =>
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
      (rows) => {
        const read = readCsv(csvLines(rows))
        expect(read).toEqual(
          rows.map((row) =>
            row.map((cell) => (/^[=+\-@\t\r\n]/.test(cell) && !/^-\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell)),
          ),
        )
      },
    ),
  ))

test('the CSV of an event has its chosen columns in order', () => {
  expect(csvOfEvents(['index', 'outcome', 'details'], [event])).toBe(
    '41,denied,"{""rows"":12,""tags"":[""a"",""b""]}"\r\n',
  )
})

test('a query problem is marked where it is, with the repaired query', () => {
  const query = 'actr_id:u-1 AND x'
  const found = {
    code: 'unknown_field',
    from: 0,
    to: 7,
    column: 1,
    found: 'actr_id',
    expected: 'a field',
    message: 'There is no field "actr_id".',
    suggestion: 'actor_id',
  } as const
  const problem = {
    type: '',
    title: '',
    status: 400,
    detail: '',
    code: 'invalid_query',
    reference: '',
    problems: [found],
  } satisfies Problem
  expect(queryProblemLines(query, new ApiProblem(problem), testShell().err)).toEqual([
    '  actr_id:u-1 AND x',
    '  ^^^^^^^',
    '  There is no field "actr_id".',
    '  → actor_id:u-1 AND x',
  ])
})

test('the mark stands under the place even after wide characters', () => {
  const found = {
    code: 'syntax',
    from: 3,
    to: 4,
    column: 4,
    found: ')',
    expected: 'a term',
    message: 'Expected a term.',
  } as const
  const problem = {
    type: '',
    title: '',
    status: 400,
    detail: '',
    code: 'invalid_query',
    reference: '',
    problems: [found],
  } satisfies Problem
  expect(queryProblemLines('漢字 )', new ApiProblem(problem), testShell().err)[1]).toBe('       ^')
})

/** A reader of RFC 4180, written for this test. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  let place = 0
  while (place < text.length) {
    let cell = ''
    if (text[place] === '"') {
      for (place += 1; !(text[place] === '"' && text[place + 1] !== '"'); place++) {
        if (text[place] === '"') place += 1
        cell += text[place]
      }
      place += 1
    } else while (place < text.length && text[place] !== ',' && !text.startsWith('\r\n', place)) cell += text[place++]
    rows.at(-1)?.push(cell)
    if (text[place] === ',') {
      place += 1
      if (text.startsWith('\r\n', place) || place === text.length) rows.at(-1)?.push('')
    }
    if (text.startsWith('\r\n', place)) {
      place += 2
      if (place < text.length) rows.push([])
    }
  }
  return rows
}
