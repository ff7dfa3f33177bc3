import { predicateOf } from '@tidemark/query'
import { expect, test } from 'vitest'
import { bindFields, bindQuestion } from './bind-question.js'

const now = new Date('2026-03-01T12:00:00Z')
const plain = { q: '', zone: 'UTC', include: 'audit' as const }
const event = (action: string, time = '2026-02-01T00:00:00.000Z') => ({ action, time, outcome: 'success' }) as never
const matches = (question: Partial<Parameters<typeof bindQuestion>[0]>, ...given: Parameters<typeof event>) =>
  predicateOf(bindQuestion({ ...plain, ...question }, now, 'refused').query)(event(...given))

test('application logs are left out unless they are asked for', () => {
  expect(matches({}, 'auth.login')).toBe(true)
  expect(matches({}, 'log.error')).toBe(false)
  expect(matches({ include: 'logs' }, 'log.error')).toBe(true)
  expect(matches({ q: 'action:log.*' }, 'log.error')).toBe(true)
  expect(matches({ q: 'action:LOG.error OR outcome:denied' }, 'log.error')).toBe(true)
  expect(matches({ q: 'action:*.error' }, 'log.error')).toBe(false)
})

test('the period begins at from and ends before to, in the zone of the question', () => {
  expect(matches({ from: '2026-02-01', to: '2026-02-02' }, 'a.b')).toBe(true)
  expect(matches({ to: '2026-02-01' }, 'a.b')).toBe(false)
  expect(matches({ to: '2026-02-01T00:00:00.001Z' }, 'a.b')).toBe(true)
  expect(matches({ to: '2026-02-01', zone: 'America/New_York' }, 'a.b')).toBe(true)
})

test('the period stands beside the query, whatever that is', () => {
  expect(matches({ q: 'outcome:success OR outcome:denied', from: '2026-02-02' }, 'a.b')).toBe(false)
})

test('the question in words can be asked again as it is', () => {
  const question = {
    q: 'outcome:denied OR outcome:failure | count by action',
    zone: 'UTC',
    include: 'audit' as const,
    from: '2026-02',
  }
  const { text } = bindQuestion(question, now, 'needed')
  expect(text).toBe('(outcome:denied OR outcome:failure) AND time:>="2026-02" AND NOT action:log.* | count by action')
  expect(() => bindQuestion({ ...plain, q: text, include: 'logs' }, now, 'needed')).not.toThrow()
})

test.each([
  [{ q: 'outcme:denied' }, { code: 'bad_query' }],
  [{ q: 'a AND (' }, { code: 'bad_query' }],
  [{ q: 'a | count by action' }, { code: 'bad_query' }],
  [{ zone: 'Europe/Atlantis' }, { code: 'invalid_parameter' }],
  [{ from: 'yesterday' }, { code: 'invalid_parameter' }],
  [{ from: '" OR id:*' }, { code: 'invalid_parameter' }],
])('%j is refused', (question, refusal) => {
  expect(() => bindQuestion({ ...plain, ...question }, now, 'refused')).toThrow(expect.objectContaining(refusal))
})

test('fields are named as in a query, and a wrong one is answered with the nearest', () => {
  expect(bindFields('fields', ['action', 'actor.id', 'details.geo.country']).map(({ path }) => path)).toEqual([
    'action',
    'actor.id',
    'details',
  ])
  expect(() => bindFields('fields', ['outcme'])).toThrow('outcome')
  expect(() => bindFields('fields', ['action | count by id'])).toThrow(
    expect.objectContaining({ code: 'invalid_parameter' }),
  )
})
