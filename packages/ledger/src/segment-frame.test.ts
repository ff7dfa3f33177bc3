import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WalLine } from './seal-line.js'
import { lineOf } from './sealed-lines.js'
import { Frame } from './segment-frame.js'
import { FrameBuilder } from './segment-frame-builder.js'
import { anyEvent } from './testing/arbitrary-events.js'

const anyEvents = fc.array(anyEvent, { minLength: 1, maxLength: 20 })

test('a frame gives back every byte of its events', () => {
  const builder = new FrameBuilder()
  fc.assert(
    fc.property(anyEvents, (events) => {
      for (const [i, event] of events.entries()) {
        const place = { segmentFirst: 0, position: i, vaultRecord: 1000 * i, personalSalt: 'A'.repeat(22) }
        const bytes = Buffer.from(lineOf({ index: i, entry: '{}', event: { ...event, ...place } }))
        const line = new WalLine()
        line.read(bytes, 0, bytes.length - 1)
        builder.add(line)
      }
      const frame = new Frame(Buffer.from(builder.finish()))
      const decoded = events.map((_, i) => [frame.idOf(i), frame.vaultRecordOf(i), frame.coreOf(i), frame.contentOf(i)])
      expect(frame.count).toBe(events.length)
      expect(decoded).toEqual(events.map(({ id, core, content }, i) => [id, 1000 * i, core, content]))
    }),
  )
})

test('random values take the bytes they have, not the characters', () => {
  const id = '01946a00-0000-7000-8000-000000000001'
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
  const core = JSON.stringify({ id, request: { id: 'c0ffee00-0000-4000-8000-000000000002' }, trace: { id: trace } })
  expect(plainOf(core, id).toString('latin1')).toContain('{"id":"\x01","request":{"id":"\x02"},"trace":{"id":"\x03"}}')
})

test.each(['00000000000000000000', 'C0FFEE00-0000-4000-8000-000000000002', 'c0ffee', 'c0ffee00c0ffee00c'])(
  'a string that is no such value stays as it is: %s',
  (value) => {
    const core = JSON.stringify({ value })
    expect(plainOf(core, '01946a00-0000-7000-8000-000000000001').toString('latin1')).toContain(core)
  },
)

test('a frame cut short anywhere is refused', () => {
  const plain = Buffer.from(
    plainOf('{"a":"c0ffee00-0000-4000-8000-000000000002"}', '01946a00-0000-7000-8000-000000000001'),
  )
  for (let length = 0; length < plain.length; length++) {
    expect(() => new Frame(plain.subarray(0, length))).toThrow(RangeError)
  }
})

function plainOf(core: string, id: string): Buffer {
  const place = { segmentFirst: 0, position: 0, vaultRecord: 0, personalSalt: 'A'.repeat(22) }
  const parts = { retentionClass: 'data' as const, id, ipKey: '', core, personal: '', content: '' }
  const bytes = Buffer.from(lineOf({ index: 0, entry: '{}', event: { ...parts, ...place } }))
  const line = new WalLine()
  line.read(bytes, 0, bytes.length - 1)
  const builder = new FrameBuilder()
  builder.add(line)
  return builder.finish()
}
