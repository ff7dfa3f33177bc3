/** A stretch of time, ms, both ends included. */
export type Span = readonly [number, number]

/** At most `limit` spans that together hold all `times`, with the widest gaps left out. */
export function spansOf(times: Float64Array, limit: number): Span[] {
  if (times.length === 0) return []
  const sorted = times.slice().sort()
  const gapEnds = Array.from({ length: sorted.length - 1 }, (_, i) => i + 1)
    .filter((i) => (sorted[i] as number) - (sorted[i - 1] as number) > NARROWEST_GAP_MS)
    .sort((a, b) => gapBefore(sorted, b) - gapBefore(sorted, a))
    .slice(0, limit - 1)
    .sort((a, b) => a - b)
  const starts = [0, ...gapEnds]
  return starts.map((start, i) => [sorted[start], sorted[(starts[i + 1] ?? sorted.length) - 1]] as unknown as Span)
}

/** Whether `time` lies in one of the spans, which are ascending. */
export function isInSpans(spans: readonly Span[], time: number): boolean {
  for (const [from, to] of spans) if (time <= to) return time >= from
  return false
}

const gapBefore = (sorted: Float64Array, i: number): number => (sorted[i] as number) - (sorted[i - 1] as number)

/** Narrower gaps are not worth a span. */
const NARROWEST_GAP_MS = 1000
