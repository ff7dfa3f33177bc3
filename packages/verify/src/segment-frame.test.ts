import { expect, test } from 'vitest'
import { SegmentFrame } from './segment-frame.js'
import { TextBuffer } from './text-buffer.js'

const id = '0190b3b0-0000-7abc-8def-0123456789ab'
const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const bytesOf = (hex: string) => [...Buffer.from(hex.replaceAll('-', ''), 'hex')]
const [core, content] = [new TextBuffer(), new TextBuffer()]
const textOf = (buffer: TextBuffer) => buffer.bytes.toString('utf8', 16, buffer.end)

/** One event whose texts hold every kind of mark. */
function frameBytes({
  count = 1,
  column = [...bytesOf(id), 16, ...bytesOf(trace)],
  extra = [] as number[],
} = {}): Buffer {
  const packedCore = [...Buffer.from('{"id":"\x01","ref":"\x02","s":"ü"}')]
  const packedContent = [...Buffer.from('{"trace":"\x03"}')]
  return Buffer.from([
    ...[count, packedCore.length, packedContent.length, 130, 1],
    ...[...bytesOf(id), column.length, ...column, ...packedCore, ...packedContent, ...extra],
  ])
}

test('packed ids, UUIDs and hexadecimal values come back as text', () => {
  const frame = new SegmentFrame(frameBytes())
  expect(frame.next(core, content)).toBe(130)
  expect(textOf(core)).toBe(`{"id":"${id}","ref":"${id}","s":"ü"}`)
  expect(textOf(content)).toBe(`{"trace":"${trace}"}`)
  expect(frame.isDone).toBe(true)
})

test('a column that holds more than the texts take is not done', () => {
  const frame = new SegmentFrame(frameBytes({ column: [...bytesOf(id), 16, ...bytesOf(trace), 0] }))
  frame.next(core, content)
  expect(frame.isDone).toBe(false)
})

test('a column that is too short is refused', () => {
  const frame = new SegmentFrame(frameBytes({ column: bytesOf(id).slice(1) }))
  expect(() => frame.next(core, content)).toThrow(RangeError)
})

test.each([
  ['bytes left over', frameBytes({ extra: [0] })],
  ['bytes missing', frameBytes().subarray(0, -1)],
  ['nothing', Buffer.alloc(0)],
  ['257 events', Buffer.from([0x81, 0x02])],
])('%s is no frame', (_, bytes) => expect(() => new SegmentFrame(bytes)).toThrow(RangeError))
