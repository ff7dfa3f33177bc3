import { parseInterval } from './interval.js'
import type { Interval } from './tree.js'
import { instantOfWall, offsetMsAt } from './zone.js'

/** Half-open, in nanoseconds since 1970. A relative time is an instant: both ends are the same. */
export type TimeSpan = { readonly fromNs: bigint; readonly toNs: bigint }
export type Clock = { readonly now: Date; readonly zone: string }

/** Events carry times up to 2262: what 64 bits of nanoseconds can hold. */
export const LAST_NS = 2n ** 63n - 1n

export const TIME_FORM =
  'a day (2025-01-15), month (2025-01), year (2025), instant (2025-01-15T10:30:00Z) or age (90d, 12h)'

/**
 * Reads a time as written in a query; null when it is none.
 *
 * A calendar time stands for the whole of what it names: `2025-01` is all of January in the zone, `2025-01-15T10:30`
 * that minute. An age (`90d`, `now`) is an instant that long ago; days, weeks, months and years are counted on the
 * calendar of the zone.
 */
export function parseTime(text: string, clock: Clock): TimeSpan | null {
  return parseAge(text, clock) ?? parseCalendar(text, clock.zone)
}

export const isAge = (text: string): boolean => text === 'now' || parseInterval(text) !== null

function parseAge(text: string, { now, zone }: Clock): TimeSpan | null {
  const interval = parseInterval(text)
  if (!interval && text !== 'now') return null
  const atMs = interval ? instantBefore(now.getTime(), interval, zone) : now.getTime()
  return { fromNs: nsOf(atMs), toNs: nsOf(atMs) }
}

/** The instant `interval` before `nowMs`. The 31st becomes the last day of a shorter month. */
function instantBefore(nowMs: number, { count, unit }: Interval, zone: string): number {
  const exactMs = { s: 1000, m: 60_000, h: 3_600_000 }[unit as 's' | 'm' | 'h']
  if (exactMs) return Math.max(0, nowMs - count * exactMs)
  const wall = new Date(nowMs + offsetMsAt(zone, nowMs))
  if (unit === 'd' || unit === 'w') wall.setUTCDate(wall.getUTCDate() - count * (unit === 'w' ? 7 : 1))
  else {
    const day = wall.getUTCDate()
    wall.setUTCDate(1)
    wall.setUTCMonth(wall.getUTCMonth() - count * (unit === 'y' ? 12 : 1))
    wall.setUTCDate(Math.min(day, daysInMonth(wall.getUTCFullYear(), wall.getUTCMonth())))
  }
  return wall.getTime() > 0 ? Math.max(0, instantOfWall(zone, wall.getTime())) : 0
}

const daysInMonth = (year: number, month: number) => new Date(Date.UTC(year, month + 1, 0)).getUTCDate()

const CALENDAR =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt ](\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?([Zz]|[+-]\d\d(?::?\d\d)?)?)?)?)?$/

function parseCalendar(text: string, zone: string): TimeSpan | null {
  const found = CALENDAR.exec(text)
  if (!found) return null
  const [, year, month, day, hour, minute, second, fraction, offset] = found
  const fields = [
    Number(year),
    Number(month ?? 1),
    Number(day ?? 1),
    Number(hour ?? 0),
    Number(minute ?? 0),
    Number(second ?? 0),
  ]
  const precision = [year, month, day, hour, minute, second].filter((field) => field !== undefined).length - 1
  const offsetMs = offset === undefined ? null : parseOffset(offset)
  if (!isRealTime(fields) || Number.isNaN(offsetMs)) return null
  const instantOf = (wall: readonly number[]) => {
    const wallMs = Date.UTC(wall[0]!, wall[1]! - 1, wall[2], wall[3], wall[4], wall[5])
    return offsetMs === null ? instantOfWall(zone, wallMs) : wallMs - offsetMs
  }
  const fromNs = nsOf(instantOf(fields))
  if (fraction !== undefined) {
    const startNs = fromNs + BigInt(fraction.padEnd(9, '0'))
    return { fromNs: startNs, toNs: startNs + 10n ** BigInt(9 - fraction.length) }
  }
  const toNs = nsOf(instantOf(fields.map((field, i) => (i === precision ? field + 1 : field))))
  return { fromNs, toNs }
}

function isRealTime([year, month, day, hour, minute, second]: readonly number[]): boolean {
  if (year! < 1970 || month! < 1 || month! > 12 || day! < 1 || day! > daysInMonth(year!, month! - 1)) return false
  return hour! < 24 && minute! < 60 && second! < 60
}

/** `Z`, `+02:00`, `+0200`, `+02` in milliseconds; NaN when it is none. */
function parseOffset(offset: string): number {
  if (/^z$/i.test(offset)) return 0
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(3).replace(':', '') || 0)]
  if (hours > 23 || minutes > 59) return Number.NaN
  return (hours * 60 + minutes) * 60_000 * (offset[0] === '-' ? -1 : 1)
}

/** Milliseconds since 1970 in nanoseconds, kept within what an event's time can be. */
function nsOf(ms: number): bigint {
  const ns = BigInt(Math.max(0, Math.floor(ms))) * 1_000_000n
  return ns < LAST_NS ? ns : LAST_NS
}

/** An event's time (RFC 3339 UTC, 3 to 9 fraction digits) in nanoseconds since 1970. */
export function instantNs(time: string): bigint {
  const wholeSecondMs = Date.parse(`${time.slice(0, 19)}Z`)
  return BigInt(wholeSecondMs) * 1_000_000n + BigInt(time.slice(20, -1).padEnd(9, '0') || 0)
}

/** Nanoseconds since 1970 as RFC 3339 text: 3 fraction digits, or up to 9 when finer. */
export function instantText(ns: bigint): string {
  const whole = new Date(Number(ns / 1_000_000n)).toISOString()
  const fraction = (ns % 1_000_000_000n).toString().padStart(9, '0')
  return fraction.endsWith('000000') ? whole : `${whole.slice(0, 20)}${fraction.replace(/0+$/, '')}Z`
}
