import { findField } from '@tidemark/event'

/** The value of a field of an event, by alias (`actor_id`) or path (`actor.id`, `details.geo.country`). */
export function valueAt(event: object, name: string): unknown {
  const path = findField(name)?.path ?? name
  let value: unknown = event
  for (const segment of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string, unknown>)[segment]
  }
  return value
}
