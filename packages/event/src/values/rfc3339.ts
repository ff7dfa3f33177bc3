/** One instant: milliseconds since 1970 for comparing, and the text that is stored. */
export type Instant = { readonly ms: number; readonly text: string }

const SHAPE = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/
const MINUTE_MS = 60_000

/**
 * Reads an RFC 3339 date and time and normalises it to UTC; null when it is none.
 *
 * The text has three digits after the second, or up to nine (trailing zeros cut) when finer than a millisecond. Years
 * 1970 to 9999. A leap second (`23:59:60` UTC at the end of June or December) becomes the last nanosecond of its
 * minute, so that the day stays the same. Source: RFC 3339 §5.6 and §5.7; `t` and `z` may be lower case.
 */
export function parseInstant(text: string): Instant | null {
  if (text.length === 24 && text.charCodeAt(23) === 0x5a && text.charCodeAt(10) === 0x54) {
    const ms = Date.parse(text)
    if (ms >= 0 && PLAIN.test(text) && isRealDate(text, ms)) return { ms, text }
  }
  return parseAny(text)
}

/** The stored text of a time in milliseconds since 1970. */
export const instantText = (ms: number): string => new Date(ms).toISOString()

const PLAIN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d\.\d{3}Z$/

/** Date.parse rolls 30 February over and takes 24:00, so the day must come back as it was given. */
const isRealDate = (text: string, ms: number) => new Date(ms).getUTCDate() === Number(text.slice(8, 10))

function parseAny(text: string): Instant | null {
  const found = SHAPE.exec(text)
  if (!found) return null
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHour = '0', offsetMinute = '0'] = found
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > daysIn(Number(year), Number(month))) {
    return null
  }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null
  if (Number(offsetHour) > 23 || Number(offsetMinute) > 59) return null
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === '-' ? -1 : 1)
  const isLeap = second === '60'
  const minuteMs = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute) - offset)
  if (isLeap && !endsHalfYear(minuteMs)) return null
  const nanos = isLeap ? '999999999' : fraction.padEnd(9, '0')
  const ms = minuteMs + (isLeap ? 59 : Number(second)) * 1000 + Number(nanos.slice(0, 3))
  if (Number(year) < 1969 || ms < 0 || ms > LAST_MS) return null
  const whole = instantText(ms)
  return { ms, text: nanos.endsWith('000000') ? whole : `${whole.slice(0, 20)}${nanos.replace(/0+$/, '')}Z` }
}

const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

function endsHalfYear(minuteMs: number): boolean {
  const next = new Date(minuteMs + MINUTE_MS)
  const isFirstOfMonth = next.getUTCDate() === 1 && next.getUTCHours() === 0 && next.getUTCMinutes() === 0
  return isFirstOfMonth && (next.getUTCMonth() === 0 || next.getUTCMonth() === 6)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
