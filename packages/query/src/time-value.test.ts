import { describe, expect, test } from 'vitest'
import { bindQuery } from './bind-query.js'
import { parseQuery } from './parse-query.js'
import { instantNs, instantText } from './time-value.js'

const now = new Date('2025-03-31T12:00:00Z')

function rangeOf(text: string, zone = 'UTC') {
  const { where } = bindQuery(parseQuery(text).query, { now, zone })
  if (where.kind !== 'time') return where.kind
  const shown = (ns: bigint | null) => (ns === null ? null : instantText(ns).replace('.000Z', 'Z'))
  return [shown(where.fromNs), shown(where.toNs)]
}

describe('ages', () => {
  test.each([
    ['time:>90d', ['2024-12-31T12:00:00Z', null]],
    ['time:>=90d', ['2024-12-31T12:00:00Z', null]],
    ['time:<90d', [null, '2024-12-31T12:00:00Z']],
    ['time:>30s', ['2025-03-31T11:59:30Z', null]],
    ['time:>5m', ['2025-03-31T11:55:00Z', null]],
    ['time:>24h', ['2025-03-30T12:00:00Z', null]],
    ['time:>2w', ['2025-03-17T12:00:00Z', null]],
    ['time:>1mo', ['2025-02-28T12:00:00Z', null]],
    ['time:>1y', ['2024-03-31T12:00:00Z', null]],
    ['time:>99y', ['1970-01-01T00:00:00Z', null]],
    ['time:<99999y', [null, '1970-01-01T00:00:00Z']],
    ['time:[7d TO 1d]', ['2025-03-24T12:00:00Z', '2025-03-30T12:00:00Z']],
    ['time:<now', [null, '2025-03-31T12:00:00Z']],
    ['received_at:>1h', ['2025-03-31T11:00:00Z', null]],
  ])('%s', (text, range) => expect(rangeOf(text)).toEqual(range))

  test('within and older than are exact opposites', () => {
    const [from] = rangeOf('time:>90d') as string[]
    expect(rangeOf('time:<90d')).toEqual([null, from])
  })
})

describe('calendar', () => {
  test.each([
    ['time:2025', ['2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z']],
    ['time:2024-02', ['2024-02-01T00:00:00Z', '2024-03-01T00:00:00Z']],
    ['time:2025-12', ['2025-12-01T00:00:00Z', '2026-01-01T00:00:00Z']],
    ['time:2025-01-15', ['2025-01-15T00:00:00Z', '2025-01-16T00:00:00Z']],
    ['time:2025-01-15T10', ['2025-01-15T10:00:00Z', '2025-01-15T11:00:00Z']],
    ['time:2025-01-15T10:30', ['2025-01-15T10:30:00Z', '2025-01-15T10:31:00Z']],
    ['time:2025-01-15T10:30:05Z', ['2025-01-15T10:30:05Z', '2025-01-15T10:30:06Z']],
    ['time:2025-01-15T10:30:05.25Z', ['2025-01-15T10:30:05.250Z', '2025-01-15T10:30:05.260Z']],
    ['time:2025-01-15T10:30:05.123456789Z', ['2025-01-15T10:30:05.123456789Z', '2025-01-15T10:30:05.12345679Z']],
    ['time:2025-01-15T10:30:00+02:00', ['2025-01-15T08:30:00Z', '2025-01-15T08:30:01Z']],
    ['time:"2025-01-15 10:30"', ['2025-01-15T10:30:00Z', '2025-01-15T10:31:00Z']],
    ['time:[2025-01-01 TO 2025-02-01}', ['2025-01-01T00:00:00Z', '2025-02-01T00:00:00Z']],
    ['time:[2025-01-01 TO 2025-02-01]', ['2025-01-01T00:00:00Z', '2025-02-02T00:00:00Z']],
    ['time:{2025-01-01 TO 2025-02-01]', ['2025-01-02T00:00:00Z', '2025-02-02T00:00:00Z']],
    ['time:[2025-01 TO *]', ['2025-01-01T00:00:00Z', null]],
    ['time:[* TO 2025-01]', [null, '2025-02-01T00:00:00Z']],
    ['time:>2025-01-15', ['2025-01-16T00:00:00Z', null]],
    ['time:>=2025-01-15', ['2025-01-15T00:00:00Z', null]],
    ['time:<2025-01-15', [null, '2025-01-15T00:00:00Z']],
    ['time:<=2025-01-15', [null, '2025-01-16T00:00:00Z']],
    ['time:>=2025-01-01T00:00:00Z', ['2025-01-01T00:00:00Z', null]],
    ['time:[* TO *]', 'exists'],
    ['time:9999', ['2262-04-11T23:47:16.854775807Z', '2262-04-11T23:47:16.854775807Z']],
  ])('%s', (text, range) => expect(rangeOf(text)).toEqual(range))
})

describe('zones', () => {
  test.each([
    ['a day that loses an hour', 'time:2025-03-30', 'Europe/Berlin', ['2025-03-29T23:00:00Z', '2025-03-30T22:00:00Z']],
    ['a day that gains an hour', 'time:2025-10-26', 'Europe/Berlin', ['2025-10-25T22:00:00Z', '2025-10-26T23:00:00Z']],
    [
      'a day without midnight',
      'time:2018-11-04',
      'America/Sao_Paulo',
      ['2018-11-04T03:00:00Z', '2018-11-05T02:00:00Z'],
    ],
    ['a month across the change', 'time:2025-03', 'Europe/Berlin', ['2025-02-28T23:00:00Z', '2025-03-31T22:00:00Z']],
    ['half hours', 'time:2025-01-15', 'Asia/Kolkata', ['2025-01-14T18:30:00Z', '2025-01-15T18:30:00Z']],
    ['far west', 'time:2025-01-15', 'Pacific/Pago_Pago', ['2025-01-15T11:00:00Z', '2025-01-16T11:00:00Z']],
    ['far east', 'time:2025-01-15', 'Pacific/Kiritimati', ['2025-01-14T10:00:00Z', '2025-01-15T10:00:00Z']],
    ['a day that never was', 'time:2011-12-30', 'Pacific/Apia', ['2011-12-30T10:00:00Z', '2011-12-30T10:00:00Z']],
    [
      'a time that occurs twice begins with the first',
      'time:>=2025-10-26T02:30',
      'Europe/Berlin',
      ['2025-10-26T00:30:00Z', null],
    ],
    [
      'a skipped time begins when the clocks jump',
      'time:>=2025-03-30T02:30',
      'Europe/Berlin',
      ['2025-03-30T01:00:00Z', null],
    ],
    ['days of age keep the time on the wall', 'time:>1d', 'Europe/Berlin', ['2025-03-30T12:00:00Z', null]],
    ['also across the change', 'time:>2d', 'Europe/Berlin', ['2025-03-29T13:00:00Z', null]],
    ['hours of age do not', 'time:>48h', 'Europe/Berlin', ['2025-03-29T12:00:00Z', null]],
    [
      'an instant with its offset does not ask the zone',
      'time:>=2025-03-30T00:00:00Z',
      'Europe/Berlin',
      ['2025-03-30T00:00:00Z', null],
    ],
  ])('%s: %s in %s', (_name, text, zone, range) => expect(rangeOf(text, zone)).toEqual(range))
})

test.each([
  '2025-01-15T10:30:05.000Z',
  '2025-01-15T10:30:05.123456789Z',
  '1970-01-01T00:00:00.000Z',
  '2025-01-15T10:30:05.1234Z',
])('%s comes back from nanoseconds as it was', (text) => expect(instantText(instantNs(text))).toBe(text))
