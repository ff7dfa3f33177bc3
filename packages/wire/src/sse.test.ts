import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readServerSentEvents, type ServerSentEvent } from './sse.js'

async function* pieces(bytes: Uint8Array, cuts: number[]): AsyncGenerator<Uint8Array> {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  let start = 0
  for (const place of [...places, bytes.length]) {
    yield bytes.subarray(start, place)
    start = place
  }
}

async function read(text: string, cuts: number[] = []): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = []
  for await (const event of readServerSentEvents(pieces(new TextEncoder().encode(text), cuts))) events.push(event)
  return events
}

test('fields, comments and all three line ends are understood', async () => {
  expect(await read(': hello\n\nid: 7\nevent: audit\ndata: {"a":1}\n\ndata:x\r\ndata: y\r\n\r\n')).toEqual([
    { id: '7', type: 'audit', data: '{"a":1}' },
    { id: '7', type: 'message', data: 'x\ny' },
  ])
})

test('an event without its closing blank line never happened', async () => {
  expect(await read('data: whole\n\ndata: half\n')).toHaveLength(1)
})

test('it does not matter how the bytes are cut', async () => {
  const text = 'id: 1\ndata: grüße 🌊\n\nid: 2\r\ndata: b\r\n\r\nid: 3\rdata: c\r\r'
  const whole = await read(`${text}\n`)
  expect(whole.map((event) => event.id)).toEqual(['1', '2', '3'])
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat()), async (cuts) => {
      expect(await read(`${text}\n`, cuts)).toEqual(whole)
    }),
  )
})
