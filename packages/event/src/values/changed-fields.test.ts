import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changedFields } from './changed-fields.js'

test('added, removed and changed members count, equal ones do not', () => {
  expect(
    changedFields({ a: 1, b: 2, c: { x: 1, y: [1, 2] }, d: 0 }, { b: 3, c: { y: [1, 2], x: 1 }, d: 0, e: null }),
  ).toEqual(['a', 'b', 'e'])
})

test('a member that is null differs from one that is absent', () => {
  expect(changedFields({ a: null }, {})).toEqual(['a'])
})

test('names like those of Object.prototype are members like others', () => {
  expect(changedFields(JSON.parse('{"__proto__":1,"constructor":1}'), { toString: 1 })).toEqual([
    '__proto__',
    'constructor',
    'toString',
  ])
})

const state = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.jsonValue({ maxDepth: 2 }))

test('nothing changed between a state and itself, and the order of states does not matter', () =>
  fc.assert(
    fc.property(state, state, (a, b) => {
      expect(changedFields(a, structuredClone(a))).toEqual([])
      expect(changedFields(a, b)).toEqual(changedFields(b, a))
    }),
  ))
