import type { BoundExpr, BoundQuery, Dialect } from '@tidemark/query'

/**
 * The dialect for events that are not earlier than an instant: clock changes of a zone before it are left out.
 *
 * A zone has over a hundred changes since 1970, and every event's time is compared with them when it is sorted into days.
 */
export function sinceDialect(dialect: Dialect, earliestNs: bigint | null): Dialect {
  if (earliestNs === null) return dialect
  const earliestMs = Number(earliestNs / 1_000_000n)
  return {
    ...dialect,
    step(timeNs, axis) {
      const inForce = axis.rules.findLastIndex(({ fromMs }) => fromMs <= earliestMs)
      return dialect.step(timeNs, { ...axis, rules: axis.rules.slice(Math.max(0, inForce)) })
    },
  }
}

/** Whether a query sorts events into stretches of a zone whose clocks change. */
export const usesZone = ({ pipe, clock }: BoundQuery): boolean =>
  clock.zone !== 'UTC' && pipe?.kind === 'count' && pipe.by.some(({ interval }) => interval !== null)

/** The instant before which nothing matches, as the query itself says; null when it does not. */
export function earliestAsked(where: BoundExpr): bigint | null {
  if (where.kind === 'time' && where.field.path === 'time') return where.fromNs
  if (where.kind !== 'and') return null
  return where.parts.map(earliestAsked).reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null)
}
