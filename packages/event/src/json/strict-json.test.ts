import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EventRefused } from '../refusal.js'
import { checkJson } from './json-check.js'
import { readStrictJson } from './strict-json.js'

function refusalOf(read: () => unknown) {
  try {
    return { value: read() }
  } catch (error) {
    if (error instanceof EventRefused) return error.refusal
    throw error
  }
}
const read = (text: string) => refusalOf(() => readStrictJson(text).value)
const nested = (levels: number) => `${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`

test.each([
  ['{"a":1,"a":2}', 'duplicate_key', '/a'],
  ['{"a":1,"\\u0061":2}', 'duplicate_key', '/a'],
  ['{"a":[{"b":{"c":1,"c":1}}]}', 'duplicate_key', '/a/0/b/c'],
  ['{"__proto__":1,"__proto__":2}', 'duplicate_key', '/__proto__'],
  ['{"a/b~c":1,"a/b~c":2}', 'duplicate_key', '/a~1b~0c'],
  ['{"a":"x:{y,\\"a\\":1","a":2}', 'duplicate_key', '/a'],
  ['{"a":[1,9007199254740992]}', 'unsafe_number', '/a/1'],
  ['{"a":-9007199254740993}', 'unsafe_number', '/a'],
  ['{"a":1e400}', 'unsafe_number', '/a'],
  ['{"a":12E20}', 'unsafe_number', '/a'],
  ['{"a":"\\ud800"}', 'lone_surrogate', '/a'],
  ['{"a":"\\uDC00x"}', 'lone_surrogate', '/a'],
  ['{"\\ud800":1}', 'lone_surrogate', ''],
  [`{"a":"${'\ud83d'}"}`, 'lone_surrogate', '/a'],
  [nested(66), 'too_deep', '/0/a'.repeat(32)],
  ['['.repeat(200_000), 'too_deep', '/0'.repeat(64)],
  [`${'['.repeat(130_000)}${']'.repeat(130_000)}`, 'too_deep', '/0'.repeat(64)],
  ['{"a":NaN}', 'invalid_json', '/a'],
  ['{"a":-Infinity}', 'invalid_json', '/a'],
  ['{"a":01}', 'invalid_json', ''],
  ['{"a":1.}', 'invalid_json', ''],
  ['{"a":1} x', 'invalid_json', ''],
  ['{"a":1}{"a":1}', 'invalid_json', ''],
  ['{"a":1,}', 'invalid_json', ''],
  ["{'a':1}", 'invalid_json', ''],
  ['{"a" 1}', 'invalid_json', '/a'],
  ['["a" "b"]', 'invalid_json', ''],
  ['{"a":"x\ny"}', 'invalid_json', '/a'],
  ['{"a":"\\x"}', 'invalid_json', '/a'],
  ['{"a":"x', 'invalid_json', '/a'],
  ['', 'invalid_json', ''],
  ['\ufeff{}', 'invalid_json', ''],
])('%.60j is refused as %s', (text, code, pointer) => {
  expect(read(text)).toMatchObject({ code, pointer })
})

test('a syntax error names the column, what was found and what was expected', () => {
  expect(read('{"a":tru}')).toMatchObject({ reason: 'expected a value at column 6, found "tru}"' })
  expect(read('{"a":NaN}')).toMatchObject({
    reason: 'expected a JSON value (JSON has no NaN) at column 6, found "NaN}"',
  })
  expect(read('{"a":1')).toMatchObject({ reason: "expected ',' or '}' at column 7, found the end of the text" })
})

test.each([
  '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}',
  '{"a":"{\\"a\\":1,\\"a\\":2}"}',
  '{"a\\\\":1,"a":2}',
  '{"\\\\\\"":1,"b":"\\\\"}',
  '{"n":[9007199254740991,-9007199254740991,1700000000000000,0.12345678901234567,1e3,1E-7,-0]}',
  '{"a":"\\ud83d\\ude00"}',
  ' \t\r\n{ "a" : [ 1 , 2 ] } ',
  nested(64),
])('%.60j is read as JSON.parse reads it', (text) => {
  expect(read(text)).toEqual({ value: JSON.parse(text) })
})

test('a text without a backslash is known to need no escapes', () => {
  expect(readStrictJson('{"a":"é€😀"}').plain).toBe(true)
  expect(readStrictJson('{"a":"\\n"}').plain).toBe(false)
})

describe('for any text', () => {
  const member = fc.tuple(
    fc.constantFrom('a', 'b', '\\u0061', 'a"b\\'),
    fc.constantFrom('1', '"x"', '[{"a":1}]', '{"a":1,"b":"\\\\"}'),
  )
  const object = fc
    .array(member, { maxLength: 5 })
    .map(
      (members) =>
        `{${members.map(([name, value]) => `${name.startsWith('\\') ? `"${name}"` : JSON.stringify(name)}:${value}`).join(',')}}`,
    )

  test('two members of one name are refused, others never', () =>
    fc.assert(
      fc.property(object, (text) => {
        const value = JSON.parse(text) as object
        const hasTwice = topLevelNames(text).length !== Object.keys(value).length
        expect('code' in read(text)).toBe(hasTwice)
      }),
    ))

  test('cutting or changing a character never escapes as anything but a refusal', () =>
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.nat(), fc.string({ maxLength: 2 }), (json, at, put) => {
        const broken = json.slice(0, at % (json.length + 1)) + put + json.slice((at % (json.length + 1)) + 1)
        const answer = read(broken)
        if ('code' in answer) expect(answer.reason).not.toBe('')
        else expect(answer.value).toEqual(JSON.parse(broken))
      }),
      { numRuns: 2000 },
    ))

  test('the exact reader accepts what JSON.parse accepts', () =>
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (json) => checkJson(json, 64)),
      { numRuns: 500 },
    ))

  test('and refuses what JSON.parse refuses', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\ 01-+.eEtrufalsn\n\u0001') }), (text) => {
        const isJson = parses(text)
        const found = refusalOf(() => checkJson(text, 64))
        if (!isJson) expect(found).toHaveProperty('code')
        else if ('code' in found) expect(found.code).toBe('duplicate_key')
      }),
      { numRuns: 3000 },
    ))
})

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Names at depth one, by counting brackets outside strings. */
function topLevelNames(text: string): string[] {
  const names: string[] = []
  let depth = 0
  for (const token of text.match(/"(?:[^"\\]|\\.)*"\s*:?|[{}[\]]/g) ?? []) {
    if ('{['.includes(token)) depth++
    else if ('}]'.includes(token)) depth--
    else if (depth === 1 && token.endsWith(':')) names.push(JSON.parse(token.slice(0, -1)) as string)
  }
  return names
}
