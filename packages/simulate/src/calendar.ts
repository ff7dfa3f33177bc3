/** Milliseconds in a day and in a minute. */
export const DAY_MS = 86_400_000
export const MINUTE_MS = 60_000

/** A place where people of the company work; it fixes their clock, their days off and their network. */
export type Office = {
  readonly city: string
  /** Minutes east of UTC in winter. */
  readonly winterOffsetMinutes: number
  readonly summerTime: 'eu' | 'us' | 'none'
  /** Public holidays as MM-DD. */
  readonly holidays: readonly string[]
  /** Its share of the staff. */
  readonly weight: number
  /** First two bytes of the office's own addresses. */
  readonly network: string
}

export const offices: readonly Office[] = [
  {
    city: 'Amsterdam',
    winterOffsetMinutes: 60,
    summerTime: 'eu',
    holidays: ['01-01', '04-27', '05-05', '12-25', '12-26'],
    weight: 40,
    network: '10.20',
  },
  {
    city: 'London',
    winterOffsetMinutes: 0,
    summerTime: 'eu',
    holidays: ['01-01', '05-01', '08-25', '12-25', '12-26'],
    weight: 26,
    network: '10.30',
  },
  {
    city: 'New York',
    winterOffsetMinutes: -300,
    summerTime: 'us',
    holidays: ['01-01', '06-19', '07-04', '11-11', '12-25'],
    weight: 22,
    network: '10.40',
  },
  {
    city: 'Bengaluru',
    winterOffsetMinutes: 330,
    summerTime: 'none',
    holidays: ['01-01', '01-26', '08-15', '10-02', '12-25'],
    weight: 12,
    network: '10.50',
  },
]

/** Whether people of `office` work on `day` (days since 1970-01-01): not at the weekend, not on its public holidays. */
export function isWorkday(office: Office, day: number): boolean {
  const weekday = weekdayOf(day)
  if (weekday === 0 || weekday === 6) return false
  return !office.holidays.includes(new Date(day * DAY_MS).toISOString().slice(5, 10))
}

/** The instant, in ms, at which the clock in `office` shows `minuteOfDay` on `day`. */
export function localInstant(office: Office, day: number, minuteOfDay: number): number {
  return day * DAY_MS + (minuteOfDay - offsetMinutes(office, day)) * MINUTE_MS
}

/** Minutes east of UTC on `day`, with summer time by the European or American rule. */
export function offsetMinutes(office: Office, day: number): number {
  const year = new Date(day * DAY_MS).getUTCFullYear()
  if (office.summerTime === 'eu') {
    const inSummer = day >= lastSunday(year, 2) && day < lastSunday(year, 9)
    return office.winterOffsetMinutes + (inSummer ? 60 : 0)
  }
  if (office.summerTime === 'us') {
    const inSummer = day >= nthSunday(year, 2, 2) && day < nthSunday(year, 10, 1)
    return office.winterOffsetMinutes + (inSummer ? 60 : 0)
  }
  return office.winterOffsetMinutes
}

/** 0 is Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

function nthSunday(year: number, month: number, nth: number): number {
  const first = Date.UTC(year, month, 1) / DAY_MS
  return first + ((7 - weekdayOf(first)) % 7) + (nth - 1) * 7
}

function lastSunday(year: number, month: number): number {
  const last = Date.UTC(year, month + 1, 0) / DAY_MS
  return last - weekdayOf(last)
}
