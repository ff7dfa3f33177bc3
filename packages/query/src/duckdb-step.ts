import type { TimeAxis } from './time-axis.js'
import type { ZoneRule } from './zone.js'

/** The number of a time's step, as `stepOf` gives it. Only numbers of our own stand in the text. */
export function stepSql(timeNs: string, { rules, step }: TimeAxis): string {
  const ms = `(${timeNs} // 1000000)`
  const offset = offsetSql(ms, rules)
  const wall = `(${ms} + ${offset})`
  switch (step.kind) {
    case 'steady':
      return `(${floored(wall, 0, step.ms)} * ${step.ms} - ${offset})`
    case 'wall':
      return floored(wall, step.originMs, step.ms)
    case 'months': {
      const at = `make_timestamp(${wall} * 1000)`
      return `(((year(${at}) - 1970) * 12 + month(${at}) - 1) // ${step.count})`
    }
  }
}

const TWO_DAYS_MS = 172_800_000

/** Division that rounds down also in the first hours of 1970, which are negative west of Greenwich. */
function floored(wall: string, originMs: number, stepMs: number): string {
  const lead = Math.ceil(TWO_DAYS_MS / stepMs)
  return `((${wall} + ${lead * stepMs - originMs}) // ${stepMs} - ${lead})`
}

/** The offset in force, found by halving the rules. */
function offsetSql(ms: string, rules: readonly ZoneRule[]): string {
  const middle = rules.length >> 1
  if (middle === 0) return String(rules[0]!.offsetMs)
  const [earlier, later] = [rules.slice(0, middle), rules.slice(middle)]
  return `CASE WHEN ${ms} < ${later[0]!.fromMs} THEN ${offsetSql(ms, earlier)} ELSE ${offsetSql(ms, later)} END`
}
