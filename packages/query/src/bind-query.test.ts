import { auditEvent } from '@tidemark/event/zod'
import { describe, expect, test } from 'vitest'
import { bindQuery } from './bind-query.js'
import type { Part } from './bound.js'
import { knownValues } from './known-values.js'
import { parseQuery } from './parse-query.js'
import { QueryError } from './problem.js'

const context = { now: new Date('2025-03-01T12:00:00Z'), zone: 'UTC' }
const bound = (text: string) => bindQuery(parseQuery(text).query, context).where

function problemsOf(text: string, readable?: readonly Part[]) {
  try {
    bindQuery(parseQuery(text).query, { ...context, ...(readable ? { readable } : {}) })
  } catch (error) {
    if (error instanceof QueryError) return error.problems
    throw error
  }
  return []
}

describe('names', () => {
  test.each([
    ['actor_role:x', 'actor.role', []],
    ['actor.role:x', 'actor.role', []],
    ['Actor_Role:x', 'actor.role', []],
    ['service:x', 'source.service', []],
    ['details.geo.country:x', 'details', ['geo', 'country']],
    ['Details.Geo:x', 'details', ['Geo']],
    [String.raw`details.a\.b:x`, 'details', ['a.b']],
    ['previous_state.role:x', 'change.previous', ['role']],
    ['change.previous.role:x', 'change.previous', ['role']],
    ['new_state.role:x', 'change.next', ['role']],
    ['labels.team:x', 'labels', ['team']],
    ['labels.cost.center:x', 'labels', ['cost.center']],
    ['targets.id:x', 'targets.id', []],
    ['target_id:x', 'targets.id', []],
    ['changed_fields:x', 'change.changedFields', []],
  ])('%s names %s', (text, path, keys) => {
    expect(bound(text)).toMatchObject({ field: { path, keys } })
  })

  test.each([
    ['actor_rol:admin', 1, 'There is no field "actor_rol". Did you mean "actor_role"?', 'actor_role'],
    ['outcome:denied AND servcie:x', 20, 'There is no field "servcie". Did you mean "service"?', 'service'],
    ['| count by acton', 12, 'There is no field "acton". Did you mean "action"?', 'action'],
  ])('%s: the nearest name is suggested', (text, column, message, suggestion) => {
    expect(problemsOf(text)).toEqual([expect.objectContaining({ code: 'unknown_field', column, message, suggestion })])
  })

  test('a name that is near to none is explained', () => {
    expect(problemsOf('http://example.com/x')[0]?.message).toBe(
      'There is no field "http". Producers\' own values are below details, as in details.http. To search for text with a colon, put it in quotes.',
    )
    expect(problemsOf('details.:x')).toMatchObject([{ code: 'unknown_field' }])
    expect(problemsOf('details..x:x')).toMatchObject([{ code: 'unknown_field' }])
  })

  test('every problem is told, in the order of the text', () => {
    expect(problemsOf('outcome:maybe AND nonsense:x AND (').map(({ column }) => column)).toEqual([9, 19, 35])
  })
})

describe('a value that does not fit its field', () => {
  const outcomes = 'success, failure, denied'
  const time = 'a day (2025-01-15), month (2025-01), year (2025), instant (2025-01-15T10:30:00Z) or age (90d, 12h)'
  test.each([
    ['outcome:maybe', 9, `"maybe" is not a value of "outcome". It is one of ${outcomes}.`],
    ['outcome:x*', 9, `No value of "outcome" fits. It is one of ${outcomes}.`],
    [
      'outcome:>success',
      9,
      '"outcome" holds words, and only numbers and times can be compared. Use a word, a wildcard (outcome:a*) or quotes.',
    ],
    ['time:abc', 6, `"time" is a time; "abc" is none. Write ${time}.`],
    ['time:2025-13', 6, `"time" is a time; "2025-13" is none. Write ${time}.`],
    ['time:2025-02-29', 6, `"time" is a time; "2025-02-29" is none. Write ${time}.`],
    ['time:2025-*', 6, `"time" is a time; a wildcard or regular expression is none. Write ${time}.`],
    ['time:90d', 6, 'Write time:>90d for the time since then, time:<90d for the time before.'],
    ['time:[2025-02-01 TO 2025-01-01]', 6, 'The range runs backwards: "2025-02-01" comes after "2025-01-01".'],
    ['time:[x TO 2025-01-01]', 6, `"time" is a time; "x" is none. Write ${time}.`],
    [
      'actor_ip:300.1.1.1',
      10,
      '"actor_ip" holds addresses; "300.1.1.1" is none. Write an address (10.0.0.1, 2001:db8::1) or a network (10.0.0.0/8).',
    ],
    [
      'actor_ip:10.0.0.0/33',
      10,
      '"actor_ip" holds addresses; "10.0.0.0/33" is none. Write an address (10.0.0.1, 2001:db8::1) or a network (10.0.0.0/8).',
    ],
    [
      'actor_ip:>10.0.0.1',
      10,
      '"actor_ip" holds addresses; a comparison or regular expression is none. Write an address (10.0.0.1, 2001:db8::1) or a network (10.0.0.0/8).',
    ],
    ['index:abc', 7, '"index" holds numbers; "abc" is none.'],
    ['index:[5 TO 1]', 7, 'The range runs backwards: "5" comes after "1".'],
    ['index:5*', 7, '"index" holds numbers; a wildcard or regular expression is none.'],
    ['details.a:>x', 11, '"details.a" can be compared with numbers; "x" is none.'],
    ['approval_required:maybe', 19, '"approval_required" is either true or false.'],
    ['details:x', 9, '"details" holds many values: name one of them, details.something:value.'],
    ['action:/auth[/', 13, 'The regular expression cannot be read: Missing closing ].'],
    ['action:/(auth/', 8, 'The regular expression cannot be read: Missing closing ).'],
    ['action:/a(?=b)/', 10, 'The regular expression cannot be read: Lookahead and lookbehind are not part of RE2.'],
    [String.raw`action:/(a)\1/`, 12, 'The regular expression cannot be read: Backreferences are not part of RE2.'],
    ['action:/(?<n>a)/', 9, 'The regular expression cannot be read: A named group is written (?P<name>…).'],
    [
      'action:/((a{9}){9}){9}x{999}x{999}/',
      8,
      'The regular expression cannot be read: The regular expression repeats too much to be searched quickly.',
    ],
    [
      'outcome=denied',
      1,
      'A field test is written with a colon: outcome:denied. To search for the text itself, put it in quotes.',
    ],
    ['index>5', 1, 'A field test is written with a colon: index:>5. To search for the text itself, put it in quotes.'],
    [
      'outcome!=denied',
      1,
      'A field test is written with a colon: -outcome:denied. To search for the text itself, put it in quotes.',
    ],
    ['| count by time', 12, 'Say how long each step of "time" is: time 1d.'],
    ['| count by action 1d', 12, 'Only times are counted in steps; "action" is no time.'],
    ['| top 10 time', 10, 'Times are counted in steps, as in "count by time 1d".'],
    ['| count by details', 12, '"details" holds many values: name one of them, details.something.'],
  ])('%s', (text, column, message) => {
    expect(problemsOf(text)[0]).toMatchObject({ column, message })
  })
})

test('words are compared without regard to case, as their folded form', () => {
  expect(bound('actor_role:Admin')).toMatchObject({ kind: 'equals', values: [{ text: 'admin', number: null }] })
  expect(bound('actor_role:ÉCOLE*')).toMatchObject({ kind: 'like', pattern: [{ text: 'école' }, { wild: 'any' }] })
  expect(bound('outcome:DENIED')).toMatchObject({ kind: 'equals', values: [{ text: 'denied' }] })
})

test('tests of one field joined by OR become one test', () => {
  expect(bound('outcome:failure OR outcome:denied')).toEqual(bound('outcome:(failure OR denied)'))
  expect(bound('outcome:failure OR actor_role:x OR outcome:denied')).toMatchObject({
    parts: [{ values: [{ text: 'failure' }, { text: 'denied' }] }, { values: [{ text: 'x' }] }],
  })
})

test('a text field is searched, other fields are compared', () => {
  expect(bound('message:failed')).toMatchObject({ kind: 'text', fields: [{ path: 'message' }] })
  expect(bound('action:auth.login')).toMatchObject({ kind: 'equals' })
})

test('a free word that is an address also finds the events from there', () => {
  expect(bound('10.0.0.1')).toMatchObject({
    kind: 'or',
    parts: [{ kind: 'text' }, { kind: 'ip', field: { path: 'client.ip' } }],
  })
})

test('who may not read personal data neither asks for it nor finds by it', () => {
  const readable: Part[] = ['core', 'content', 'server']
  expect(problemsOf('actor_email:x', readable)).toMatchObject([{ code: 'not_allowed', column: 1 }])
  expect(problemsOf('| top 10 actor_ip', readable)).toMatchObject([{ code: 'not_allowed', column: 10 }])
  const { where } = bindQuery(parseQuery('10.0.0.1').query, { ...context, readable })
  const fields = where.kind === 'text' ? where.fields : []
  expect(fields.length).toBeGreaterThan(5)
  expect(fields.filter(({ part }) => part === 'personal')).toEqual([])
})

test('an unknown zone is refused', () => {
  expect(() => bindQuery(parseQuery('').query, { ...context, zone: 'Mars/Olympus' })).toThrow(RangeError)
})

test('the fields with known values are those of the event', () => {
  type Shape = { readonly options?: string[]; unwrap?(): Shape }
  const optionsOf = (shape: Shape): unknown => shape.options ?? optionsOf(shape.unwrap!())
  const { outcome, level, category, actor, source } = auditEvent.shape
  expect(knownValues).toEqual({
    outcome: optionsOf(outcome),
    level: optionsOf(level),
    category: optionsOf(category),
    'actor.type': optionsOf(actor.shape.type as Shape),
    'source.origin': optionsOf(source.shape.origin as Shape),
  })
})
