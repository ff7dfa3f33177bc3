import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limits, prepareEvent, prepareValue, type RefusalCode, refusalCodes } from './index.js'
import { anyEvent } from './testing/any-event.js'
import { fullEvent, withValue } from './testing/full-event.js'
import { context, refused } from './testing/preparing.js'

const small = '"action":"a.b","outcome":"success","actor":{"id":"u-7"},"resource":{"type":"x","id":"y"}'

/** One text for every reason to refuse. */
const examples: readonly (readonly [RefusalCode, string, string])[] = [
  ['invalid_json', '', `{${small}`],
  ['duplicate_key', '/action', `{${small},"action":"a.c"}`],
  ['unsafe_number', '/details/n', `{${small},"details":{"n":9007199254740993}}`],
  ['lone_surrogate', '/details/s', `{${small},"details":{"s":"\\ud800"}}`],
  ['too_deep', '/details', `{${small},"details":{"a":${'['.repeat(8)}${']'.repeat(8)}}}`],
  ['event_too_large', '', `{${small}${' '.repeat(limits.eventBytes)}}`],
  ['not_an_object', '', '[]'],
  ['unknown_field', '/actions', `{${small},"actions":1}`],
  ['server_field', '/receivedAt', `{${small},"receivedAt":"2025-01-15T09:30:00Z"}`],
  ['missing_field', '/actor', '{"action":"a.b","outcome":"success","resource":{"type":"x","id":"y"}}'],
  ['wrong_type', '/message', `{${small},"message":1}`],
  ['invalid_value', '/level', `{${small},"level":"loud"}`],
  ['too_long', '/error/code', `{${small},"error":{"code":"${'x'.repeat(65)}"}}`],
  ['too_many', '/targets', `{${small},"targets":[${'{"type":"x","id":"y"},'.repeat(20)}{"type":"x","id":"y"}]}`],
  ['conflicting_field', '/actor_id', `{${small},"actor_id":"u-8"}`],
  ['invalid_time', '/time', `{${small},"time":"2025-02-30T00:00:00Z"}`],
  ['time_in_future', '/time', `{${small},"time":"2025-01-17T00:00:00Z"}`],
  ['invalid_ip', '/client/ip', `{${small},"client":{"ip":"10.0.0.256"}}`],
  [
    'self_approval',
    '/approval/chain/0/approver',
    `{${small},"approval":{"chain":[{"approver":"u-7","decision":"approved"}]}}`,
  ],
]

test.each(examples)('%s is refused at %j', (code, pointer, text) => {
  expect(refused(text)).toMatchObject({ code, pointer })
  expect(refused(text).reason).toMatch(/^expected .+/)
})

test('every code has its example, but the one for bytes', () => {
  expect(new Set(examples.map(([code]) => code))).toEqual(
    new Set(Object.keys(refusalCodes).filter((code) => code !== 'invalid_utf8')),
  )
})

describe('nothing is thrown, and a refusal has a known code,', () => {
  const isAnswer = (answer: ReturnType<typeof prepareEvent>) =>
    'event' in answer ? answer.event.core.startsWith('{') : answer.refusal.code in refusalCodes

  test('for any text', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        expect(isAnswer(prepareEvent(text, context))).toBe(true)
      }),
    ))

  test('for an event with a broken character', () =>
    fc.assert(
      fc.property(anyEvent, fc.nat(), fc.string({ unit: 'binary', maxLength: 1 }), (event, at, put) => {
        const text = JSON.stringify(event)
        const i = at % text.length
        expect(isAnswer(prepareEvent(text.slice(0, i) + put + text.slice(i + 1), context))).toBe(true)
      }),
    ))

  test('for any value of a program', () =>
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true, withSparseArray: true }),
        (value) => {
          expect(isAnswer(prepareValue(value, context))).toBe(true)
        },
      ),
    ))

  test('for an event with any value in any place', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(
          '/actor/id',
          '/actor',
          '/details',
          '/change',
          '/change/next',
          '/client/ip',
          '/labels',
          '/time',
          '/metadata',
        ),
        fc.anything(),
        (pointer, value) => {
          expect(isAnswer(prepareValue(withValue(fullEvent, pointer, value), context))).toBe(true)
        },
      ),
    ))
})

test('a broken promise of the caller is thrown, not called a refusal', () => {
  const newId = () => {
    throw new Error('no entropy')
  }
  expect(() => prepareEvent(`{${small}}`, { ...context, newId })).toThrow('no entropy')
})

test('what a program made is measured by the bytes it becomes', () => {
  const event = (length: number) => ({ ...JSON.parse(`{${small}}`), change: { next: { a: 'x'.repeat(length) } } })
  expect(prepareValue(event(limits.eventBytes - 1000), context)).toHaveProperty('event')
  expect(prepareValue(event(limits.eventBytes), context)).toMatchObject({ refusal: { code: 'event_too_large' } })
})
