import type { AuditEvent } from '@tidemark/event'
import { type BoundField, type BoundQuery, evaluatePipe, type Figures, type Interval } from '@tidemark/query'
import type { Bucket, HistogramAnswer, HistogramRequest } from './event-store.js'
import type { AskFigures } from './figure-questions.js'
import { QueryRefused } from './refusals.js'

/** Counts per stretch of time, stretches without events included. */
export async function answerHistogram(request: HistogramRequest, ask: AskFigures): Promise<HistogramAnswer> {
  const { query, splitBy } = request
  const inZone = { ...query, clock: { ...query.clock, zone: request.zone } }
  const split = splitBy && (await ask(countBy(inZone, request, splitBy), request.asOf))
  const whole =
    split && holdsOneValue(splitBy) ? split : await ask(countBy(inZone, request), split?.asOf ?? request.asOf)
  const counts = countsByStart(whole)
  const splits = split && splitsByStart(split)
  const buckets = allStarts(request, [...counts.keys()]).map((start): Bucket => {
    const bucket = { start, count: counts.get(start) ?? 0 }
    return splits ? { ...bucket, split: splits.get(start) ?? {} } : bucket
  })
  return { buckets, total: buckets.reduce((sum, { count }) => sum + count, 0), asOf: whole.asOf }
}

/**
 * A stretch of round length that cuts the time from `from` to `to` (RFC 3339) into about `wanted` parts, at most half as
 * many again.
 */
export function niceInterval(from: string, to: string, wanted = 60): Interval {
  const ms = Math.max(0, Date.parse(to) - Date.parse(from))
  return niceIntervals.find((interval) => ms / nominalMs(interval) <= wanted * 1.5) ?? { count: 1, unit: 'y' }
}

const niceIntervals: readonly Interval[] = [
  ...[1, 5, 15, 30].map((count) => ({ count, unit: 's' as const })),
  ...[1, 5, 15, 30].map((count) => ({ count, unit: 'm' as const })),
  ...[1, 3, 6, 12].map((count) => ({ count, unit: 'h' as const })),
  { count: 1, unit: 'd' },
  { count: 1, unit: 'w' },
  { count: 1, unit: 'mo' },
  { count: 3, unit: 'mo' },
  { count: 1, unit: 'y' },
]

const time: BoundField = { name: 'time', path: 'time', keys: [], type: 'time', part: 'core', lowercase: false }

const countBy = (query: BoundQuery, { interval }: HistogramRequest, ...fields: BoundField[]): BoundQuery => ({
  ...query,
  pipe: { kind: 'count', by: [{ field: time, interval }, ...fields.map((field) => ({ field, interval: null }))] },
})

/** Whether an event is in one group only, so that the groups of a stretch add up to its events. */
const holdsOneValue = ({ type }: BoundField) => type !== 'list' && type !== 'json'

function countsByStart({ rows }: Figures): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const start = String(row[0])
    counts.set(start, (counts.get(start) ?? 0) + Number(row.at(-1)))
  }
  return counts
}

function splitsByStart({ rows }: Figures): Map<string, Record<string, number>> {
  const splits = new Map<string, Record<string, number>>()
  for (const [start, value, count] of rows) {
    if (value === null) continue
    const split = splits.get(String(start)) ?? {}
    split[String(value)] = Number(count)
    splits.set(String(start), split)
  }
  return splits
}

/** The first instants of every stretch from the first to the last that has events or must be covered. */
function allStarts(request: HistogramRequest, starts: readonly string[]): string[] {
  const instants = [...starts, ...[request.from, request.to].filter((edge) => edge !== undefined)].map((edge) =>
    Date.parse(edge),
  )
  if (instants.length === 0) return []
  const [from, to] = [Math.min(...instants), Math.max(...instants)]
  const halfMs = nominalMs(request.interval) / 2
  if ((to - from) / halfMs > MAX_BUCKETS * 2) {
    throw new QueryRefused(
      'too_large',
      `the histogram would have more than ${MAX_BUCKETS} bars; choose a longer interval`,
    )
  }
  const probes: string[] = []
  for (let at = from; at < to; at += halfMs) probes.push(new Date(at).toISOString())
  probes.push(new Date(to).toISOString())
  return startsOf(probes, request)
}

/** The stretches that the probes fall in: with two probes to each, none is missed, however clocks change. */
function startsOf(probes: readonly string[], request: HistogramRequest): string[] {
  const { query, zone } = request
  const bound = countBy({ ...query, clock: { ...query.clock, zone } }, request)
  const { rows } = evaluatePipe(
    probes.map((at) => ({ time: at }) as AuditEvent),
    bound,
  )
  return rows.map(([start]) => String(start))
}

const DAY_MS = 86_400_000
const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS, w: 7 * DAY_MS, mo: 28 * DAY_MS, y: 365 * DAY_MS } as const
const nominalMs = ({ count, unit }: Interval) => count * unitMs[unit]

const MAX_BUCKETS = 5_000
