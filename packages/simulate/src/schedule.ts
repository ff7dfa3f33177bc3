import { DAY_MS, isWorkday, localInstant, offices, weekdayOf } from './calendar.js'
import type { Random } from './random.js'

/** The span of time that is simulated, ms since 1970; `endMs` itself is left out. */
export type Span = { readonly startMs: number; readonly endMs: number }

/** One UTC day of the span: how many events it gets and which share of them people make. */
export type PlannedDay = {
  readonly day: number
  readonly span: Span
  readonly events: number
  readonly humanShare: number
}

/** Spreads `events` over the days of `span`: busy in working hours, quiet at night, at weekends and on holidays. */
export function planDays(span: Span, events: number, random: Random): PlannedDay[] {
  const first = Math.floor(span.startMs / DAY_MS)
  const last = Math.floor((span.endMs - 1) / DAY_MS)
  const days = Array.from({ length: last - first + 1 }, (_, index) => {
    const day = first + index
    const clipped = { startMs: Math.max(day * DAY_MS, span.startMs), endMs: Math.min((day + 1) * DAY_MS, span.endMs) }
    const machine = ((0.9 + 0.2 * random.fraction()) * MACHINE_HOURS * (clipped.endMs - clipped.startMs)) / DAY_MS
    const pace = (0.86 + 0.28 * random.fraction()) * (weekdayOf(day) === FRIDAY ? 0.85 : 1)
    const human = (WEEKEND_HOURS + workingHours(day, clipped)) * pace
    return { day, span: clipped, weight: machine + human, humanShare: human / (machine + human) }
  })
  const shares = apportion(
    events,
    days.map((each) => each.weight),
  )
  return days.map(({ day, span, humanShare }, index) => ({ day, span, humanShare, events: shares[index] as number }))
}

/** Whole numbers in proportion to `weights` that add up to `total` (largest remainder). */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((left, right) => left + right, 0)
  const exact = weights.map((weight) => (total * weight) / sum)
  const shares = exact.map(Math.floor)
  const missing = total - shares.reduce((left, right) => left + right, 0)
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .sort((left, right) => right.remainder - left.remainder || left.index - right.index)
  for (const { index } of byRemainder.slice(0, missing)) shares[index] = (shares[index] as number) + 1
  return shares
}

/** Hours of work inside `clipped`, the average over the staff. */
function workingHours(day: number, clipped: Span): number {
  const staff = offices.reduce((sum, office) => sum + office.weight, 0)
  const hours = offices.map((office) => {
    if (!isWorkday(office, day)) return 0
    const opens = Math.max(localInstant(office, day, OPENING_MINUTE), clipped.startMs)
    const closes = Math.min(localInstant(office, day, CLOSING_MINUTE), clipped.endMs)
    return (office.weight * Math.max(0, closes - opens)) / 3_600_000
  })
  return hours.reduce((left, right) => left + right, 0) / staff
}

/** When people come and go, in minutes of their local day. */
export const OPENING_MINUTE = 8 * 60
export const CLOSING_MINUTE = 18 * 60

/** What machines do in a whole day, and people off duty, measured in hours of a fully staffed company. */
const MACHINE_HOURS = 1.9
const WEEKEND_HOURS = 0.12
/** As `weekdayOf` counts; people go home early. */
const FRIDAY = 5
