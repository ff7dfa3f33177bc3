import type { BoundExpr, BoundQuery } from './bound.js'

/** Nanoseconds since 1970, half-open; null where there is no limit. */
export type TimeRange = { readonly fromNs: bigint | null; readonly toNs: bigint | null }

/** The range of event times outside which nothing can match: what a reader need not look at. */
export const timeRangeOf = ({ where }: BoundQuery): TimeRange => rangeOf(where)

const ALWAYS: TimeRange = { fromNs: null, toNs: null }

function rangeOf(expr: BoundExpr): TimeRange {
  if (expr.kind === 'time' && expr.field.path === 'time') return { fromNs: expr.fromNs, toNs: expr.toNs }
  if (expr.kind === 'and') {
    const ranges = expr.parts.map(rangeOf)
    return {
      fromNs: extreme(
        ranges.flatMap(({ fromNs }) => (fromNs === null ? [] : [fromNs])),
        'latest',
      ),
      toNs: extreme(
        ranges.flatMap(({ toNs }) => (toNs === null ? [] : [toNs])),
        'earliest',
      ),
    }
  }
  if (expr.kind === 'or') {
    const ranges = expr.parts.map(rangeOf)
    const [froms, tos] = [ranges.map(({ fromNs }) => fromNs), ranges.map(({ toNs }) => toNs)]
    return {
      fromNs: froms.includes(null) ? null : extreme(froms as bigint[], 'earliest'),
      toNs: tos.includes(null) ? null : extreme(tos as bigint[], 'latest'),
    }
  }
  return ALWAYS
}

function extreme(instants: readonly bigint[], which: 'earliest' | 'latest'): bigint | null {
  const [first, ...rest] = instants
  if (first === undefined) return null
  return rest.reduce((best, ns) => ((which === 'earliest' ? ns < best : ns > best) ? ns : best), first)
}
