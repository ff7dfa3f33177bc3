import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitRecords } from './split-records.js'

async function* inPieces(text: string | Buffer, pieceBytes: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  for (let start = 0; start < bytes.length; start += pieceBytes) yield bytes.subarray(start, start + pieceBytes)
}

async function split(text: string | Buffer, pieceBytes = 7, from = 0, most?: number): Promise<string[]> {
  const records: string[] = []
  for await (const { bytes } of splitRecords(inPieces(text, pieceBytes), from, most))
    records.push(bytes.toString().trim())
  return records
}

test.each([
  ['one a line', '{"a":1}\n{"b":"x\\n}"}\n', ['{"a":1}', '{"b":"x\\n}"}']],
  ['without a newline at the end, with blank lines and CRLF', '{"a":1}\r\n\r\n{"b":2}', ['{"a":1}', '{"b":2}']],
  ['an array', '[{"a":[1,{"b":2}]},\n {"c":"]},{"}]', ['{"a":[1,{"b":2}]}', '{"c":"]},{"}']],
  ['the file of CloudTrail', '{"Records":[{"a":1},{"a":2}]}', ['{"a":1}', '{"a":2}']],
  ['several of them after each other', '{"Records":[{"a":1}]}\n{ "Records" : [{"a":2}]}', ['{"a":1}', '{"a":2}']],
  ['events in an object', '{"events":[{"a":1}]}', ['{"a":1}']],
  ['documents over several lines', '{\n  "a": 1\n}\n{\n  "b": {}\n}\n', ['{\n  "a": 1\n}', '{\n  "b": {}\n}']],
  ['with a byte order mark', '\ufeff{"a":1}\n{"b":2}\n', ['{"a":1}', '{"b":2}']],
  ['nothing', '', []],
  ['only blanks', ' \n\n', []],
  ['a broken line between good ones', '{"a":1}\n{"b":\n{"c":3}\n', ['{"a":1}', '{"b":', '{"c":3}']],
  ['no JSON at all', 'hello\nworld\n', ['hello', 'world']],
  ['an array that breaks off', '[{"a":1},{"b":', ['{"a":1}', '{"b":']],
])('records of a file: %s', async (_, text, records) => {
  for (const pieceBytes of [1, 3, 1_000]) expect(await split(text, pieceBytes)).toEqual(records)
})

test('any records come out as they went in, however they are laid out and read', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 64 }),
      async (events, pieceBytes) => {
        const texts = events.map((event) => JSON.stringify(event))
        expect(await split(`${texts.join('\n')}\n`, pieceBytes)).toEqual(texts)
        expect(await split(JSON.stringify(events), pieceBytes)).toEqual(texts)
        const spread = events.map((event) => JSON.stringify({ first: 1, ...event }, null, 1))
        expect(await split(spread.join('\n'), pieceBytes)).toEqual(spread)
      },
    ),
  ))

test('the end of a record is where reading may go on', async () => {
  for (const text of ['{"a":1}\n{"b":2}\n{"c":3}\n', '[{"a":1},{"b":2},{"c":3}]']) {
    const ends: number[] = []
    for await (const { end } of splitRecords(inPieces(text, 5))) ends.push(end)
    expect(await split(text, 5, ends[1])).toEqual(['{"c":3}'])
  }
})

test('a record without an end does not fill the memory', async () => {
  const records = await split(`{"a":1}\n{"b":"${'x'.repeat(3_000_000)}`, 65_536, 0, 600_000)
  expect(records[0]).toBe('{"a":1}')
  expect(Math.max(...records.map((record) => record.length))).toBeLessThan(700_000)
})

test('gzip is not undone here: that is the input’s work', async () => {
  expect(await split(gzipSync('{"a":1}\n'), 1_000)).not.toEqual(['{"a":1}'])
})
