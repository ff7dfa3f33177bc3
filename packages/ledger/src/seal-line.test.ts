import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WalLine } from './seal-line.js'
import { lineOf } from './sealed-lines.js'
import { anyEvent, anyObjectText } from './testing/arbitrary-events.js'
import { eventEntry } from './wal-line.js'

const place = { segmentFirst: 0, position: 7, vaultRecord: 12, personalSalt: 'abcdefghijklmnopqrstuA' }

test('every member of a line is cut out byte for byte', () => {
  fc.assert(
    fc.property(anyEvent, fc.nat(), fc.nat(), (event, index, timeMs) => {
      const entry = eventEntry('c'.repeat(43), event.sequence, JSON.stringify(event.service), timeMs)
      const bytes = Buffer.from(`xx${lineOf({ index, entry, event: { ...event, ...place } })}yy`)
      const line = new WalLine()
      line.read(bytes, 2, bytes.length - 3)
      const text = (start: number, end: number) => bytes.toString('utf8', start, end)
      expect(line).toMatchObject({ index, isEvent: true, receivedAt: timeMs, position: 7, vaultRecord: 12 })
      expect(line.retentionClass).toBe(event.retentionClass)
      expect(text(line.entryStart, line.entryEnd)).toBe(entry)
      expect(text(line.idAt, line.idAt + 36)).toBe(event.id)
      expect(text(line.saltAt, line.saltAt + 22)).toBe(place.personalSalt)
      expect(text(line.ipKeyStart, line.ipKeyEnd)).toBe(event.ipKey)
      expect(text(line.coreStart, line.coreEnd)).toBe(event.core)
      expect(text(line.personalStart, line.personalEnd)).toBe(event.personal)
      expect(text(line.contentStart, line.contentEnd)).toBe(event.content)
    }),
  )
})

test('the line of a control entry has nothing behind the entry', () => {
  fc.assert(
    fc.property(anyObjectText, fc.nat(), (body, index) => {
      const entry = `{"b":${body},"k":"note","t":99,"v":1}`
      const bytes = Buffer.from(lineOf({ index, entry }))
      const line = new WalLine()
      line.read(bytes, 0, bytes.length - 1)
      expect(line).toMatchObject({ index, isEvent: false, receivedAt: 99 })
      expect(bytes.toString('utf8', line.entryStart, line.entryEnd)).toBe(entry)
    }),
  )
})

test('a line that is cut short anywhere, or goes on, is refused', () => {
  const core = '{"actor":{"id":"a"},"note":"\\"}{"}'
  const event = { retentionClass: 'data' as const, id: '01946a00-0000-7000-8000-000000000001', ipKey: '0'.repeat(32) }
  const entry = eventEntry('c'.repeat(43), 1, '"s"', 5)
  const whole = lineOf({ index: 3, entry, event: { ...event, ...place, core, personal: '{}', content: '{"a":[{}]}' } })
  const bytes = Buffer.from(whole)
  for (let length = 0; length < bytes.length - 1; length++) {
    expect(() => new WalLine().read(bytes, 0, length)).toThrow(SyntaxError)
  }
  expect(() => new WalLine().read(Buffer.from(`${whole.trim()} `), 0, bytes.length)).toThrow(SyntaxError)
})

test('a raw control character is refused: it would be taken for a mark', () => {
  const entry = eventEntry('c'.repeat(43), 1, '"s"', 5)
  const event = { retentionClass: 'data' as const, id: '01946a00-0000-7000-8000-000000000001', ipKey: '' }
  const bytes = Buffer.from(
    lineOf({ index: 3, entry, event: { ...event, ...place, core: '{"a":"\u0001"}', personal: '', content: '' } }),
  )
  expect(() => new WalLine().read(bytes, 0, bytes.length - 1)).toThrow('control character')
})
