import type { Interval, IntervalUnit } from './tree.js'

/** Reads `15m`, `1d`, `3mo`; null when it is none. The count is 1 to 99,999. */
export function parseInterval(text: string): Interval | null {
  const found = /^([1-9]\d{0,4})(s|m|h|d|w|mo|y)$/.exec(text)
  return found ? { count: Number(found[1]), unit: found[2] as IntervalUnit } : null
}

export const INTERVAL_FORM = 'a length of time such as 30s, 15m, 1h, 1d, 1w, 1mo or 1y'

/** `15 minutes`, `1 day`. */
export function describeInterval({ count, unit }: Interval): string {
  return `${count} ${unitNames[unit]}${count === 1 ? '' : 's'}`
}

const unitNames: Readonly<Record<IntervalUnit, string>> = {
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  mo: 'month',
  y: 'year',
}

export const formatInterval = ({ count, unit }: Interval): string => `${count}${unit}`
