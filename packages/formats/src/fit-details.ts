import { canonicalize, limits } from '@tidemark/event'
import { type Foreign, isObject } from './record.js'

/**
 * A foreign object as an event's `details`: not too deep, not too large.
 *
 * What lies deeper than allowed becomes its JSON text. When the whole is too large, its largest members are replaced by
 * a note, the largest first; the payload kept beside the event still has them.
 */
export function fitDetails(details: Foreign): Record<string, unknown> {
  const fitting = flattened(details, limits.detailsDepth) as Record<string, unknown>
  let bytes = sizeOf(fitting)
  while (bytes > limits.detailsBytes) {
    const [largest] = Object.entries(fitting)
      .map(([name, value]) => ({ name, size: sizeOf(value) }))
      .sort((a, b) => b.size - a.size)
    if (!largest || fitting[largest.name] === OMITTED) return {}
    fitting[largest.name] = OMITTED
    bytes = sizeOf(fitting)
  }
  return fitting
}

const OMITTED = '[too large, see the raw payload]'

const sizeOf = (value: unknown) => new TextEncoder().encode(canonicalize(value)).length

function flattened(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (levels === 0) return canonicalize(value)
  if (Array.isArray(value)) return value.map((item) => flattened(item, levels - 1))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, flattened(member, levels - 1)]))
}
