import type { Interval } from './tree.js'
import { instantOfWall, type ZoneRule, zoneRules } from './zone.js'

/**
 * How instants are sorted into steps of the same length, each known by an integer.
 *
 * Steps that divide an hour follow the instant (`steady`, their number is the first instant in milliseconds), so that an
 * hour which repeats when clocks go back stays two. Longer ones follow the clocks on the wall (`wall`: days, weeks that
 * begin on Monday, several hours or days counted from 1970-01-01; `months` also for years).
 */
export type TimeAxis = {
  readonly rules: readonly ZoneRule[]
  readonly step:
    | { readonly kind: 'steady'; readonly ms: number }
    | { readonly kind: 'wall'; readonly ms: number; readonly originMs: number }
    | { readonly kind: 'months'; readonly count: number }
}

/** The axis for events up to the end of next year, seen from `now`. */
export function timeAxis({ count, unit }: Interval, zone: string, now: Date): TimeAxis {
  const rules = zoneRules(zone, now.getUTCFullYear() + 1)
  if (unit === 'mo' || unit === 'y') return { rules, step: { kind: 'months', count: count * (unit === 'y' ? 12 : 1) } }
  const ms = count * unitMs[unit]
  if (HOUR_MS % ms === 0) return { rules, step: { kind: 'steady', ms } }
  return { rules, step: { kind: 'wall', ms, originMs: unit === 'w' ? FIRST_MONDAY_MS : 0 } }
}

/** The number of the step an instant falls in. */
export function stepOf({ rules, step }: TimeAxis, instantMs: number): number {
  const offsetMs = offsetAt(rules, instantMs)
  const wallMs = instantMs + offsetMs
  switch (step.kind) {
    case 'steady':
      return Math.floor(wallMs / step.ms) * step.ms - offsetMs
    case 'wall':
      return Math.floor((wallMs - step.originMs) / step.ms)
    case 'months':
      return Math.floor(monthOf(wallMs) / step.count)
  }
}

/** The first instant of a step, in milliseconds since 1970. */
export function startOfStep({ step }: TimeAxis, number: number, zone: string): number {
  switch (step.kind) {
    case 'steady':
      return number
    case 'wall':
      return instantOfWall(zone, number * step.ms + step.originMs)
    case 'months':
      return instantOfWall(zone, Date.UTC(1970, number * step.count))
  }
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const unitMs = { s: 1000, m: 60_000, h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS } as const
/** 1969-12-29. */
const FIRST_MONDAY_MS = -3 * DAY_MS

/** Calendar months since January 1970. */
function monthOf(wallMs: number): number {
  const wall = new Date(wallMs)
  return (wall.getUTCFullYear() - 1970) * 12 + wall.getUTCMonth()
}

function offsetAt(rules: readonly ZoneRule[], instantMs: number): number {
  for (let i = rules.length - 1; i > 0; i--) if (instantMs >= rules[i]!.fromMs) return rules[i]!.offsetMs
  return rules[0]!.offsetMs
}
