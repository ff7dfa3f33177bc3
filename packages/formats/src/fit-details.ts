import { canonicalize, limits } from '@tidemark/event'
import type { Foreign } from './record.js'

/**
 * A foreign object as an event's `details`: not too deep, not too large.
 *
 * What lies deeper than allowed becomes its JSON text. When the whole is too large, its largest members are replaced by
 * a note, the largest first; the payload kept beside the event still has them.
 */
export function fitDetails(details: Foreign): Record<string, unknown> {
  const isDeep = isDeeper(details, limits.detailsDepth)
  const fitting = (isDeep ? flattened(details, limits.detailsDepth) : { ...details }) as Record<string, unknown>
  if (JSON.stringify(fitting).length * MOST_BYTES_OF_A_UNIT <= limits.detailsBytes) return fitting
  while (sizeOf(fitting) > limits.detailsBytes) {
    const [largest] = Object.entries(fitting)
      .map(([name, value]) => ({ name, size: sizeOf(value) }))
      .sort((a, b) => b.size - a.size)
    if (!largest || fitting[largest.name] === OMITTED) return {}
    fitting[largest.name] = OMITTED
  }
  return fitting
}

const OMITTED = '[too large, see the raw payload]'
/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const MOST_BYTES_OF_A_UNIT = 3

const sizeOf = (value: unknown) => Buffer.byteLength(canonicalize(value))

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1))
}

function flattened(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (levels === 0) return canonicalize(value)
  if (Array.isArray(value)) return value.map((item) => flattened(item, levels - 1))
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, flattened(member, levels - 1)]))
}
