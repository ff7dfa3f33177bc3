/** Whether the runtime knows a time zone, by its IANA name (`Europe/Berlin`) or `UTC`. */
export function isZone(zone: string): boolean {
  try {
    return zone === 'UTC' || formatterOf(zone) !== undefined
  } catch {
    return false
  }
}

/** What the zone's clocks show minus UTC at an instant, in milliseconds. Throws a RangeError for an unknown zone. */
export function offsetMsAt(zone: string, instantMs: number): number {
  if (zone === 'UTC') return 0
  const wholeSecondMs = Math.floor(instantMs / 1000) * 1000
  const parts: Record<string, string> = {}
  for (const { type, value } of formatterOf(zone).formatToParts(wholeSecondMs)) parts[type] = value
  const { year, month, day, hour, minute, second } = parts
  return (
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) - wholeSecondMs
  )
}

/**
 * The first instant at which the zone's clocks show `wallMs` (a wall-clock time written as if it were UTC) or later.
 *
 * A time that occurs twice is its first occurrence; a time that is skipped is the moment the clocks jump.
 */
export function instantOfWall(zone: string, wallMs: number): number {
  const before = offsetMsAt(zone, wallMs - PROBE_MS)
  const after = offsetMsAt(zone, wallMs + PROBE_MS)
  if (before === after) return wallMs - before
  const changeMs = findChange(zone, wallMs - PROBE_MS, wallMs + PROBE_MS)
  if (wallMs < changeMs + before) return wallMs - before
  return Math.max(wallMs - after, changeMs)
}

/** An offset from UTC and the first instant at which it holds; the first rule of a zone also holds before. */
export type ZoneRule = { readonly fromMs: number; readonly offsetMs: number }

/** Every offset the zone has from 1970 to the end of `lastYear`, oldest first. */
export function zoneRules(zone: string, lastYear: number): readonly ZoneRule[] {
  const name = `${zone} ${lastYear}`
  const known = rulesByName.get(name)
  if (known) return known
  const rules = [{ fromMs: 0, offsetMs: offsetMsAt(zone, 0) }]
  const endMs = zone === 'UTC' ? 0 : Date.UTC(lastYear + 1, 0)
  for (let stepMs = 0; stepMs < endMs; stepMs += SCAN_MS) {
    const offsetMs = offsetMsAt(zone, stepMs + SCAN_MS)
    if (offsetMs !== rules.at(-1)!.offsetMs)
      rules.push({ fromMs: findChange(zone, stepMs, stepMs + SCAN_MS), offsetMs })
  }
  rulesByName.set(name, rules)
  return rules
}

const rulesByName = new Map<string, readonly ZoneRule[]>()

/** More than any offset from UTC, so that the true instant lies between the probes. */
const PROBE_MS = 26 * 3_600_000
/** No zone in use changes its clocks twice within a week. */
const SCAN_MS = 7 * 86_400_000

function findChange(zone: string, lowMs: number, highMs: number): number {
  const before = offsetMsAt(zone, lowMs)
  let [low, high] = [Math.floor(lowMs / 1000), Math.floor(highMs / 1000)]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetMsAt(zone, middle * 1000) === before) low = middle
    else high = middle
  }
  return high * 1000
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formatters.set(zone, formatter)
  }
  return formatter
}
