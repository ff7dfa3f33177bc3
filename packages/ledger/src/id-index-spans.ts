/** A stretch of time, ms, both ends included. */
export type Span = readonly [number, number]

/** At most `limit` spans that together hold all `times`, with the widest gaps left out. */
export function spansOf(times: Float64Array, limit: number): Span[] {
  if (times.length === 0) return []
  const sorted = times.slice().sort()
  const starts: number[] = []
  for (let i = 1; i < sorted.length; i++) if (gapBefore(sorted, i) > NARROWEST_GAP_MS) starts.push(i)
  const kept = starts.sort((a, b) => gapBefore(sorted, b) - gapBefore(sorted, a)).slice(0, limit - 1)
  const pieces = [0, ...kept.sort((a, b) => a - b), sorted.length]
  return pieces
    .slice(0, -1)
    .map((start, i) => [sorted[start] as number, sorted[(pieces[i + 1] as number) - 1] as number])
}

/** Whether `time` lies in one of the spans, which are ascending. */
export function isInSpans(spans: readonly Span[], time: number): boolean {
  for (const [from, to] of spans) if (time <= to) return time >= from
  return false
}

/** The time between one and the one before. */
const gapBefore = (sorted: Float64Array, i: number): number => (sorted[i] as number) - (sorted[i - 1] as number)

/** Narrower gaps are not worth a span. */
const NARROWEST_GAP_MS = 1000
