import type { RangeState } from './range-state.js'

/** A leaf and when the log took it, ms. */
export type Moment = { readonly leafIndex: number; readonly time: number }

/** The first and the last moment of a range; null when nothing of it could be read. */
export type TimeSpan = { readonly first: Moment; readonly last: Moment } | null

/** Checks that time never goes back within a range. */
export function checkTimes(state: RangeState): TimeSpan {
  let first: Moment | null = null
  let last: Moment | null = null
  for (let leafIndex = state.first; leafIndex < state.leafEnd; leafIndex++) {
    const time = state.timeOf(leafIndex)
    if (time === undefined) continue
    if (last && time < last.time) state.findings.add(timeWentBack(last, { leafIndex, time }))
    last = { leafIndex, time }
    first ??= last
  }
  return first && last && { first, last }
}

/** What to say of a leaf that is older than the one before it. */
export function timeWentBack(before: Moment, after: Moment) {
  const [earlier, later] = [after.time, before.time].map((time) => new Date(time).toISOString())
  const message = `Leaf ${after.leafIndex} says it was received at ${earlier}, before leaf ${before.leafIndex} (${later}).`
  return { verdict: 'time', code: 'time-went-back', severity: 'failure', leafIndex: after.leafIndex, message } as const
}
