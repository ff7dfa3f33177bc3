import { expect, test } from 'vitest'
import { asciiJson } from './ascii-json.js'
import { ByteWriter } from './byte-writer.js'

test('text, single characters and hex digits come out in order', () => {
  const out = new ByteWriter()
  out.text('id=')
  out.hex(0xdeadbeef)
  out.character(45)
  out.hex(0x12345, 3)
  expect(out.takeText()).toBe('id=deadbeef-345')
  expect(out.length).toBe(0)
})

test('it grows with what is written, and what was taken stays as it was', () => {
  const out = new ByteWriter()
  const line = 'x'.repeat(1_000)
  for (let count = 0; count < 5_000; count++) out.text(line)
  const taken = out.take()
  out.text('y'.repeat(1_000))
  expect(taken).toHaveLength(5_000_000)
  expect(taken.every((byte) => byte === 120)).toBe(true)
})

test('ASCII JSON says the same as JSON', () => {
  const value = { name: 'Laura Méndez', emoji: '🌊', quote: '"\\', line: '\u2028' }
  expect(asciiJson(value)).toMatch(/^[\x20-\x7e]+$/)
  expect(JSON.parse(asciiJson(value))).toEqual(value)
})
