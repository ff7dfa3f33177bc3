import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseInstant } from './rfc3339.js'

test.each([
  ['2025-01-15T09:30:00Z', '2025-01-15T09:30:00.000Z'],
  ['2025-01-15t09:30:00z', '2025-01-15T09:30:00.000Z'],
  ['2025-01-15T09:30:00.5Z', '2025-01-15T09:30:00.500Z'],
  ['2025-01-15T09:30:00.123456Z', '2025-01-15T09:30:00.123456Z'],
  ['2025-01-15T09:30:00.123456000Z', '2025-01-15T09:30:00.123456Z'],
  ['2025-01-15T09:30:00.123000000Z', '2025-01-15T09:30:00.123Z'],
  ['2025-01-15T09:30:00.000000001Z', '2025-01-15T09:30:00.000000001Z'],
  ['2025-01-15T10:30:00+01:00', '2025-01-15T09:30:00.000Z'],
  ['2025-01-15T00:15:00.000-23:59', '2025-01-16T00:14:00.000Z'],
  ['2025-01-15T09:30:00-00:00', '2025-01-15T09:30:00.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.999999999Z'],
  ['2016-12-31T23:59:60.123Z', '2016-12-31T23:59:59.999999999Z'],
  ['1990-12-31T15:59:60-08:00', '1990-12-31T23:59:59.999999999Z'],
  ['2015-07-01T01:59:60+02:00', '2015-06-30T23:59:59.999999999Z'],
  ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
  ['1969-12-31T23:30:00-01:00', '1970-01-01T00:30:00.000Z'],
  ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
])('%s is %s', (given, stored) => {
  expect(parseInstant(given)?.text).toBe(stored)
  expect(parseInstant(stored)?.text).toBe(stored)
})

test.each([
  '2025-02-29T00:00:00.000Z',
  '2025-02-30T00:00:00Z',
  '2100-02-29T00:00:00Z',
  '2025-04-31T00:00:00.000Z',
  '2025-13-01T00:00:00.000Z',
  '2025-00-01T00:00:00Z',
  '2025-01-00T00:00:00Z',
  '2025-01-15T24:00:00.000Z',
  '2025-01-15T24:00:00Z',
  '2025-01-15T09:60:00Z',
  '2025-01-15T09:30:60Z',
  '2025-01-15T09:30:60.000Z',
  '2025-06-30T23:59:61Z',
  '2025-01-15T09:30:00+24:00',
  '2025-01-15T09:30:00+01:60',
  '2025-01-15T09:30:00.1234567890Z',
  '2025-01-15T09:30:00.Z',
  '2025-01-15T09:30:00',
  '2025-01-15T09:30Z',
  '2025-01-15 09:30:00Z',
  '2025-1-15T09:30:00Z',
  '+02025-01-15T09:30:00Z',
  '1969-12-31T23:59:59Z',
  '0001-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999-00:01',
  'yesterday',
  '',
  '2025-01-15T09:30:00.00٠Z',
])('%s is no instant', (given) => {
  expect(parseInstant(given)).toBeNull()
})

test('every millisecond between 1970 and 9999 is read as Date reads it', () =>
  fc.assert(
    fc.property(
      fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
      (date) => {
        expect(parseInstant(date.toISOString())).toEqual({ ms: date.getTime(), text: date.toISOString() })
      },
    ),
  ))

test('an offset moves the instant and nothing else', () =>
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1971-01-01'), max: new Date('9998-01-01'), noInvalidDate: true }),
      fc.integer({ min: -1439, max: 1439 }),
      (date, minutes) => {
        const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1)
        const size = Math.abs(minutes)
        const offset = `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`
        expect(parseInstant(local + offset)).toEqual({ ms: date.getTime(), text: date.toISOString() })
      },
    ),
  ))
