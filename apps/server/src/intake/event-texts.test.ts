import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type EventText, eachElement, eachLine } from './event-texts.js'

const turn = { pass: async () => undefined, end: () => undefined }

async function texts(each: typeof eachLine, body: string | Buffer): Promise<EventText[]> {
  const found: EventText[] = []
  await each(Buffer.from(body), turn, (text) => found.push(text))
  return found
}

test('lines end in a line feed, with or without carriage return; blank ones are none', async () => {
  expect(await texts(eachLine, '{"a":1}\r\n\n  \r\n{"b":2}')).toEqual(['{"a":1}\r', '{"b":2}'])
})

test('a byte order mark before the first line is no part of it, one elsewhere is', async () => {
  expect(await texts(eachLine, '\ufeff{"a":1}\n\ufeff{"b":2}')).toEqual(['{"a":1}', '\ufeff{"b":2}'])
  expect(await texts(eachLine, '\ufeff')).toEqual([])
})

test('a line that is not UTF-8 is handed over as its bytes, its neighbours as text', async () => {
  const bad = Buffer.from([0x7b, 0xff, 0x7d])
  expect(await texts(eachLine, Buffer.concat([Buffer.from('{"ü":1}\n'), bad, Buffer.from('\n{"b":2}\n')]))).toEqual([
    '{"ü":1}',
    bad,
    '{"b":2}',
  ])
})

test('an element that is not UTF-8 is handed over as its bytes', async () => {
  const bad = Buffer.from([0x22, 0xc3, 0x28, 0x22])
  expect(await texts(eachElement, Buffer.concat([Buffer.from('[{"a":1},'), bad, Buffer.from(']')]))).toEqual([
    '{"a":1}',
    bad,
  ])
})

test('a line far too long is not even decoded', async () => {
  const [long, short] = await texts(eachLine, `"${'x'.repeat(1_000_000)}"\n{}\n`)
  expect(Buffer.isBuffer(long) && long.length).toBe(1_000_002)
  expect(short).toBe('{}')
})

test('it does not matter where the slices of a large body end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ size: fc.nat(20_000), text: fc.string({ unit: 'binary' }) }), { maxLength: 12 }),
      async (parts) => {
        const lines = parts.map(({ size, text }) => JSON.stringify([text, 'é'.repeat(size)]))
        expect(await texts(eachLine, lines.join('\n'))).toEqual(lines)
        expect(await texts(eachElement, `[${lines.join(',')}]`)).toEqual(lines)
      },
    ),
    { numRuns: 12 },
  )
})
