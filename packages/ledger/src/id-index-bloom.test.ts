import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Bloom, bloomBytes } from './id-index-bloom.js'
import { mix } from './id-index-hash.js'
import { isInSpans, spansOf } from './id-index-spans.js'

const anyFingerprint = fc.nat({ max: 0xffff_ffff })

test('a filter never denies what was added', () => {
  fc.assert(
    fc.property(fc.array(anyFingerprint, { minLength: 1 }), (fingerprints) => {
      const bloom = new Bloom(fingerprints.length)
      for (const each of fingerprints) bloom.add(each)
      expect(fingerprints.every((each) => bloom.has(each))).toBe(true)
    }),
  )
})

test.each([100, 5000, 52_428, 65_536])('with %d added it admits less than one in a hundred others', (count) => {
  const bloom = new Bloom(count)
  for (let i = 0; i < count; i++) bloom.add(mix(i))
  const others = 100_000
  let admitted = 0
  for (let i = 0; i < others; i++) if (bloom.has(mix(count + i))) admitted++
  expect(admitted / others).toBeLessThan(0.01)
  expect((bloomBytes(count) * 8) / count).toBeLessThanOrEqual(20)
})

test('spans hold every time, in at most so many pieces, and leave out the widest gaps', () => {
  const anyTimes = fc.array(fc.nat({ max: 10_000_000 }), { minLength: 1 })
  fc.assert(
    fc.property(anyTimes, fc.integer({ min: 1, max: 8 }), (times, limit) => {
      const spans = spansOf(Float64Array.from(times), limit)
      expect(spans.length).toBeLessThanOrEqual(limit)
      expect(times.every((time) => isInSpans(spans, time))).toBe(true)
      expect(spans.every(([from, to]) => times.includes(from) && times.includes(to))).toBe(true)
    }),
  )
  expect(spansOf(Float64Array.of(5, 1_000_000, 1_000_001, 9_000_000), 3)).toEqual([
    [5, 5],
    [1_000_000, 1_000_001],
    [9_000_000, 9_000_000],
  ])
  expect(isInSpans(spansOf(Float64Array.of(5, 1_000_000), 3), 500)).toBe(false)
})
