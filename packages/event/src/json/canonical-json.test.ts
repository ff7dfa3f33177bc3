import { readFileSync } from 'node:fs'
import firstImplementation from 'canonicalize'
import fc from 'fast-check'
import { canonicalize as secondReference } from 'json-canonicalize'
import { describe, expect, test } from 'vitest'
import { canonicalize } from './canonical-json.js'
import { quoteAny, treeText } from './json-text.js'

/** Its types describe another module system than its code has. */
const firstReference = firstImplementation as unknown as (value: unknown) => string

const vector = (name: string) => readFileSync(new URL(`../../../../vectors/jcs/${name}`, import.meta.url), 'utf8')

describe('the examples of RFC 8785', () => {
  test.each(['values', 'names'])('%s become the bytes of the RFC', (name) =>
    expect(canonicalize(JSON.parse(vector(`${name}.input.json`)))).toBe(vector(`${name}.output.json`)),
  )

  const numbers = JSON.parse(vector('numbers.json')) as { ieee754: string; json: string | null }[]
  test.each(numbers)('the double $ieee754 is $json', ({ ieee754, json }) => {
    const number = Buffer.from(ieee754, 'hex').readDoubleBE()
    if (json === null) expect(() => canonicalize(number)).toThrow(TypeError)
    else expect(canonicalize(number)).toBe(json)
  })
})

test.each([
  ['minus zero', -0, '0'],
  ['a member that is undefined', { a: undefined, b: 1 }, '{"b":1}'],
  ['names that look like numbers, in text order', { 10: 'ten', 9: 'nine', a: 0 }, '{"10":"ten","9":"nine","a":0}'],
  ['a member called __proto__', JSON.parse('{"b":1,"__proto__":{"a":2}}'), '{"__proto__":{"a":2},"b":1}'],
  ['no members', {}, '{}'],
])('writes %s', (_, value, json) => {
  expect(canonicalize(value)).toBe(json)
})

test.each([
  ['NaN', Number.NaN],
  ['infinity', Number.NEGATIVE_INFINITY],
  ['half a surrogate pair', 'a\ud800b'],
  ['half a surrogate pair in a name', { '\udc00': 1 }],
  ['a function', () => 0],
  ['a bigint', 1n],
  ['undefined in an array', [undefined]],
])('refuses %s', (_, value) => {
  expect(() => canonicalize(value)).toThrow(TypeError)
})

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary-ascii' }),
)
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.maxSafeInteger(),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(text, fc.constantFrom('__proto__', '1', '10', 'é', '\ud83d\ude00', '\ufb33')),
      tie('value'),
      { maxKeys: 6 },
    ),
  ),
})).value

describe('for any JSON value', () => {
  test('the bytes are those of two other implementations', () =>
    fc.assert(
      fc.property(anyJson, (value) => {
        const json = canonicalize(value)
        expect(json).toBe(firstReference(value))
        expect(json).toBe(secondReference(value))
      }),
      { numRuns: 1000 },
    ))

  test('reading and writing again changes nothing', () =>
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(canonicalize(JSON.parse(canonicalize(value)))).toBe(canonicalize(value))
      }),
    ))

  test('the fast writer of trees gives the same bytes', () =>
    fc.assert(
      fc.property(fc.dictionary(text, anyJson), (tree) => {
        expect(treeText(tree, quoteAny)).toBe(canonicalize(tree))
      }),
      { numRuns: 1000 },
    ))
})
