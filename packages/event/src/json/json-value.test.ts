import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EventRefused } from '../refusal.js'
import { checkJsonValue } from './json-value.js'

function refusalOf(value: unknown) {
  try {
    checkJsonValue(value)
    return null
  } catch (error) {
    if (error instanceof EventRefused) return error.refusal
    throw error
  }
}
const cycle: Record<string, unknown> = {}
cycle.self = cycle

test.each([
  [{ a: [Number.NaN] }, 'unsafe_number', '/a/0'],
  [{ a: 2 ** 53 }, 'unsafe_number', '/a'],
  [{ a: '\ud800' }, 'lone_surrogate', '/a'],
  [{ a: 1n }, 'wrong_type', '/a'],
  [{ a: { b: () => 1 } }, 'wrong_type', '/a/b'],
  [{ a: new Date(0) }, 'wrong_type', '/a'],
  [{ a: new Map() }, 'wrong_type', '/a'],
  [{ a: [undefined] }, 'wrong_type', '/a/0'],
  [undefined, 'wrong_type', ''],
])('%o is refused as %s at %s', (value, code, pointer) => {
  expect(refusalOf(value)).toMatchObject({ code, pointer })
})

test('a cycle is refused as too deep', () => expect(refusalOf(cycle)).toMatchObject({ code: 'too_deep' }))

test('absent members and objects without prototype are fine', () => {
  expect(refusalOf({ a: undefined, b: Object.assign(Object.create(null), { c: 1 }) })).toBeNull()
})

test('whatever JSON.parse makes is fine unless a number is unsafe', () =>
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect([null, 'unsafe_number']).toContain(refusalOf(JSON.parse(json))?.code ?? null)
    }),
  ))
