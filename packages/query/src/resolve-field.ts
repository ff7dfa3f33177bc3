import * as event from '@tidemark/event'
import type { BoundField, BoundType } from './bound.js'
import { nameSegments } from './written-text.js'

/** Where field names are looked up; @tidemark/event has the real one. */
export type FieldRegistry = {
  readonly fields: readonly event.Field[]
  findField(name: string): event.Field | undefined
  suggestField(name: string): string | undefined
}

/** The field a name such as `actor_id` or `details.geo.country` means; undefined when there is none. */
export const bindField = (name: string, registry: FieldRegistry = event): BoundField | undefined =>
  resolveField(nameSegments(name), registry)

/** The field a name means: an alias or a path, or a name below an open object such as `details`. */
export function resolveField(segments: readonly string[], registry: FieldRegistry): BoundField | undefined {
  const name = segments.join('.')
  if (segments.includes('')) return undefined
  return resolveOpen(segments, registry) ?? bound(name, registry.findField(name), [])
}

function resolveOpen(segments: readonly string[], registry: FieldRegistry): BoundField | undefined {
  for (const field of registry.fields) {
    if (!field.path.endsWith('.*')) continue
    for (const written of [field.path, field.alias]) {
      const prefix = written?.slice(0, -2).toLowerCase().split('.')
      if (!prefix?.every((segment, i) => segments[i]?.toLowerCase() === segment)) continue
      const keys = segments.slice(prefix.length)
      const isFlat = field.type !== 'object'
      return bound(segments.join('.'), field, isFlat && keys.length > 1 ? [keys.join('.')] : keys)
    }
  }
  return undefined
}

function bound(name: string, field: event.Field | undefined, keys: readonly string[]): BoundField | undefined {
  if (!field) return undefined
  const isOpen = field.path.endsWith('.*')
  const path = isOpen ? field.path.slice(0, -2) : field.path
  const type = isOpen && keys.length === 0 ? 'json' : typeOf(field)
  return { name, path, keys, type, part: field.part, lowercase: field.lowercase }
}

function typeOf({ type }: event.Field): BoundType {
  if (type === 'array') return 'list'
  return type === 'object' ? 'json' : type
}
