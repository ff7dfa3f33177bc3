import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detectFormat } from './detect-format.js'
import { firstRecord, recordTexts } from './record-texts.js'

describe('the records of an input', () => {
  test.each([
    ['lines', '{"a":1}\n{"a":2}\n', ['{"a":1}', '{"a":2}']],
    ['lines of Windows', '{"a":1}\r\n\r\n{"a":2}', ['{"a":1}', '{"a":2}']],
    ['an array', '[ {"a":1} , {"a":[2]} ]', ['{"a":1}', '{"a":[2]}']],
    ['a delivery', '{"Records": [{"a": 1},{"a":"]}"}]}\n', ['{"a": 1}', '{"a":"]}"}']],
    ['a delivery with more around it', '{"next":"x","n":[1],"events":[{"a":1}],"end":true}', ['{"a":1}']],
    ['one object', '{"a":{"Records":[1]}}', ['{"a":{"Records":[1]}}']],
    ['one object over lines', '{\n  "a": 1\n}', ['{\n  "a": 1\n}']],
    [
      'numbers as they are written',
      '[{"a":1.0},{"a":12345678901234567890}]',
      ['{"a":1.0}', '{"a":12345678901234567890}'],
    ],
    ['escaped quotes', String.raw`[{"a":"\\\"]"},{"b":"\\"}]`, [String.raw`{"a":"\\\"]"}`, String.raw`{"b":"\\"}`]],
    ['an empty list', '{"Records":[]}', []],
    ['nothing', ' \n', []],
    ['a broken line among good ones', '{"a":1}\n{"a":\n{"a":3}', ['{"a":1}', '{"a":', '{"a":3}']],
  ])('%s', (_name, text, records) => expect(recordTexts(text)).toEqual(records))

  test('are those that JSON.parse finds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 6 }),
        fc.constantFrom(0, 2),
        (values, indent) => {
          const texts = recordTexts(JSON.stringify({ Records: values }, null, indent))
          expect(texts.map((text) => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(values)))
        },
      ),
    )
  })

  test('any text is taken apart without an exception', () => {
    const piece = fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '\n', 'a', '"Records":[')
    fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => void recordTexts(pieces.join(''))))
  })
})

test.each([
  ['{"Records":[{"a":1},{"b', '{"a":1}'],
  ['[{"a":1},{"b', '{"a":1}'],
  ['{"a":1}\n{"b', '{"a":1}'],
  ['{"a":1', undefined],
  ['', undefined],
])('the first record of %s', (beginning, record) => expect(firstRecord(beginning)).toBe(record))

test.each([
  ['{"Records":[{"eventName":"X","eventSource":"s3.amazonaws.com"},{"eve', 'cloudtrail'],
  [
    '{"EventId":"1","CloudTrailEvent":"{\\"eventName\\":\\"X\\",\\"eventSource\\":\\"s3.amazonaws.com\\"}"}',
    'cloudtrail',
  ],
  ['{"action":"auth.login","outcome":"success"}\n', 'tidemark'],
  ['[{"specVersion":"1.0"}]', 'tidemark'],
  ['{"service":"audit","message":"x","metadata":{"audit":true}}', 'tidemark'],
  ['{"eventName":"X"}', null],
  ['{"x":1}', null],
  ['42', null],
  ['<html>', null],
])('%s is %s', (beginning, format) => expect(detectFormat(beginning)).toBe(format))
