import fc from 'fast-check'
import { expect, test } from 'vitest'
import { niceInterval } from './histogram.js'

const START = '2025-01-01T00:00:00.000Z'
const after = (ms: number) => new Date(Date.parse(START) + ms).toISOString()
const unitMs = { s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 7 * 864e5, mo: 28 * 864e5, y: 365 * 864e5 }

test.each([
  [60_000, { count: 1, unit: 's' }],
  [3_600_000, { count: 1, unit: 'm' }],
  [86_400_000, { count: 30, unit: 'm' }],
  [7 * 86_400_000, { count: 3, unit: 'h' }],
  [90 * 86_400_000, { count: 1, unit: 'd' }],
  [5 * 365 * 86_400_000, { count: 1, unit: 'mo' }],
  [0, { count: 1, unit: 's' }],
])('%d ms are shown in stretches of a round length', (ms, interval) => {
  expect(niceInterval(START, after(ms))).toEqual(interval)
})

test('there are never many more stretches than wanted, below the age of the calendar', () =>
  fc.assert(
    fc.property(fc.nat(100 * 365 * 86_400_000), fc.integer({ min: 70, max: 400 }), (ms, wanted) => {
      const { count, unit } = niceInterval(START, after(ms), wanted)
      expect(ms / (count * unitMs[unit])).toBeLessThanOrEqual(wanted * 1.5)
    }),
  ))
