import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idFromTime, timeOfId } from './event-id.js'

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const seeds = fc.uint8Array({ minLength: 10, maxLength: 32 })

test('the example time of RFC 9562 is where it belongs', () => {
  expect(idFromTime(0x017f22e279b0, new Uint8Array(10))).toBe('017f22e2-79b0-7000-8000-000000000000')
})

test('the same time and seed give the same UUIDv7, which knows its time', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), seeds, (ms, seed) => {
      const id = idFromTime(ms, seed)
      expect(id).toMatch(UUID_V7)
      expect(id).toBe(idFromTime(ms, seed.slice()))
      expect(timeOfId(id)).toBe(ms)
    }),
  ))

test('74 bits of the seed count', () => {
  const id = (seed: number[]) => idFromTime(0, Uint8Array.from(seed))
  const ids = Array.from({ length: 10 }, (_, i) => id(Array.from({ length: 10 }, (_, j) => (i === j ? 1 : 0))))
  expect(new Set(ids).size).toBe(10)
})

test('a short seed and a time outside of 48 bits are refused', () => {
  expect(() => idFromTime(0, new Uint8Array(9))).toThrow(RangeError)
  expect(() => idFromTime(-1, new Uint8Array(10))).toThrow(RangeError)
  expect(() => idFromTime(2 ** 48, new Uint8Array(10))).toThrow(RangeError)
  expect(() => idFromTime(Number.NaN, new Uint8Array(10))).toThrow(RangeError)
})
