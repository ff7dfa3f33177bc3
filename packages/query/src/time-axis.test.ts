import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, test } from 'vitest'
import { stepSql } from './duckdb-step.js'
import { parseInterval } from './interval.js'
import { startOfStep, stepOf, timeAxis } from './time-axis.js'

const now = new Date('2025-11-01T00:00:00Z')
const axisOf = (step: string, zone: string) => timeAxis(parseInterval(step)!, zone, now)
const startOf = (step: string, zone: string, instant: string) => {
  const axis = axisOf(step, zone)
  return new Date(startOfStep(axis, stepOf(axis, Date.parse(instant)), zone)).toISOString().replace('.000Z', 'Z')
}

describe('a step begins', () => {
  test.each([
    ['1d', 'UTC', '2025-01-15T23:59:59Z', '2025-01-15T00:00:00Z'],
    ['1d', 'Europe/Berlin', '2025-01-15T23:30:00Z', '2025-01-15T23:00:00Z'],
    ['1d', 'Europe/Berlin', '2025-03-30T21:59:59Z', '2025-03-29T23:00:00Z'],
    ['1d', 'Europe/Berlin', '2025-10-26T22:30:00Z', '2025-10-25T22:00:00Z'],
    ['1w', 'UTC', '2025-01-19T12:00:00Z', '2025-01-13T00:00:00Z'],
    ['1w', 'UTC', '2025-01-20T00:00:00Z', '2025-01-20T00:00:00Z'],
    ['1mo', 'America/New_York', '2025-02-01T04:59:59Z', '2025-01-01T05:00:00Z'],
    ['3mo', 'UTC', '2025-06-30T00:00:00Z', '2025-04-01T00:00:00Z'],
    ['1y', 'UTC', '2025-06-30T00:00:00Z', '2025-01-01T00:00:00Z'],
    ['15m', 'Asia/Kathmandu', '2025-01-15T10:14:00Z', '2025-01-15T10:00:00Z'],
    ['1h', 'Asia/Kolkata', '2025-01-15T10:14:00Z', '2025-01-15T09:30:00Z'],
    ['6h', 'Europe/Berlin', '2025-10-26T03:30:00Z', '2025-10-25T22:00:00Z'],
    ['90m', 'UTC', '2025-01-15T01:45:00Z', '2025-01-15T01:30:00Z'],
  ])('%s in %s around %s', (step, zone, instant, start) => expect(startOf(step, zone, instant)).toBe(start))

  test('the hour that repeats when clocks go back is two', () => {
    expect(startOf('1h', 'Europe/Berlin', '2025-10-26T00:30:00Z')).toBe('2025-10-26T00:00:00Z')
    expect(startOf('1h', 'Europe/Berlin', '2025-10-26T01:30:00Z')).toBe('2025-10-26T01:00:00Z')
  })
})

test('SQL sorts instants into the same steps', async () => {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect()
  await connection.run(
    `CREATE TABLE t AS SELECT (i * 9973 * 1000000000 + i * 7)::BIGINT AS ns FROM range(0, 180000, 37) r(i)
     UNION ALL SELECT ((1743296400 + i * 600) * 1000000000)::BIGINT FROM range(-200, 200) r(i)
     UNION ALL SELECT ((1761440400 + i * 600) * 1000000000)::BIGINT FROM range(-200, 200) r(i)`,
  )
  for (const zone of [
    'UTC',
    'Europe/Berlin',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Africa/Casablanca',
  ]) {
    for (const step of ['1s', '7m', '15m', '1h', '90m', '6h', '1d', '3d', '1w', '1mo', '5mo', '1y']) {
      const axis = axisOf(step, zone)
      const found = await connection.runAndReadAll(`SELECT ns, ${stepSql('ns', axis)} FROM t`)
      const differing = found
        .getRows()
        .filter(([ns, number]) => stepOf(axis, Number((ns as bigint) / 1_000_000n)) !== Number(number))
      expect(differing, `${step} ${zone}`).toEqual([])
    }
  }
})
