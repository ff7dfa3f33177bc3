import type { TimeAxis } from './time-axis.js'
import type { ZoneRule } from './zone.js'

/** The number of a time's step, as `stepOf` gives it. Only numbers of our own stand in the text. */
export function stepSql(timeNs: string, { rules, step }: TimeAxis): string {
  const ms = `(${timeNs} // 1000000)`
  const offset = offsetSql(ms, rules)
  const wall = `(${ms} + ${offset})`
  switch (step.kind) {
    case 'steady':
      return `(${floored(wall, 0, step.ms, TWO_DAYS_MS)} * ${step.ms} - ${offset})`
    case 'wall':
      return floored(wall, step.originMs, step.ms, TWO_DAYS_MS)
    case 'months': {
      const at = `make_timestamp(${wall} * 1000)`
      return floored(`((year(${at}) - 1970) * 12 + month(${at}) - 1)`, 0, step.count, 1)
    }
  }
}

const TWO_DAYS_MS = 172_800_000

/** Division that rounds down also for values from `-least`: the first hours of 1970 are negative west of Greenwich. */
function floored(value: string, origin: number, step: number, least: number): string {
  const lead = Math.ceil(least / step)
  return `((${value} + ${lead * step - origin}) // ${step} - ${lead})`
}

/** The offset in force, found by halving the rules. */
function offsetSql(ms: string, rules: readonly ZoneRule[]): string {
  const middle = rules.length >> 1
  if (middle === 0) return String(rules[0]!.offsetMs)
  const [earlier, later] = [rules.slice(0, middle), rules.slice(middle)]
  return `CASE WHEN ${ms} < ${later[0]!.fromMs} THEN ${offsetSql(ms, earlier)} ELSE ${offsetSql(ms, later)} END`
}
