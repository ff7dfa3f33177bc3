import { expect, test } from 'vitest'
import { DAY_MS, isWorkday, localInstant, offices, offsetMinutes, weekdayOf } from './calendar.js'

const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY_MS
const officeIn = (city: string) => offices.find((office) => office.city === city)!

test.each([
  ['2025-01-15', 3],
  ['1970-01-01', 4],
  ['2024-02-29', 4],
  ['2023-12-31', 0],
])('%s is weekday %i', (date, weekday) => expect(weekdayOf(dayOf(date))).toBe(weekday))

test('weekends and public holidays are days off', () => {
  const amsterdam = officeIn('Amsterdam')
  expect(isWorkday(amsterdam, dayOf('2025-12-24'))).toBe(true)
  expect(isWorkday(amsterdam, dayOf('2025-12-25'))).toBe(false)
  expect(isWorkday(amsterdam, dayOf('2025-12-27'))).toBe(false)
  expect(isWorkday(officeIn('New York'), dayOf('2025-07-04'))).toBe(false)
})

test.each([
  ['Amsterdam', 'Europe/Amsterdam'],
  ['London', 'Europe/London'],
  ['New York', 'America/New_York'],
  ['Bengaluru', 'Asia/Kolkata'],
])('the clock in %s agrees with the time zone database on every noon of three years', (city, zone) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false })
  for (let day = dayOf('2023-01-01'); day < dayOf('2026-01-01'); day++) {
    const noon = localInstant(officeIn(city), day, 12 * 60)
    if (format.format(noon) !== '12:00') expect.fail(`${city} ${new Date(noon).toISOString()} ${format.format(noon)}`)
  }
})

test('Bengaluru keeps the same offset all year', () => {
  expect(offsetMinutes(officeIn('Bengaluru'), dayOf('2025-07-01'))).toBe(330)
})
