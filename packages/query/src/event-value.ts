import type { AuditEvent } from '@tidemark/event'
import type { BoundField } from './bound.js'
import { numberText } from './json-text.js'

/** Reads one field of an event; undefined when it has none. */
export type Read = (event: AuditEvent) => unknown

/** Reads a field that holds one value. */
export function reader({ path, keys }: BoundField): Read {
  const [first = '', second, third, ...rest] = [...path.split('.'), ...keys]
  if (second === undefined) return (event) => member(event, first)
  if (third === undefined) return (event) => member(member(event, first), second)
  return (event) => rest.reduce(member, member(member(member(event, first), second), third))
}

/**
 * Reads every value of a field that may hold many: on the way and at the end, a list stands for its elements.
 *
 * Lists directly inside lists are not opened. null counts as no value.
 */
export function readAll({ path, keys }: BoundField): (event: AuditEvent) => unknown[] {
  const steps = [...path.split('.'), ...keys]
  return (event) => {
    let values: unknown[] = [event]
    for (const step of steps) {
      const next: unknown[] = []
      for (const value of values) {
        const found = Array.isArray(value) ? undefined : member(value, step)
        if (Array.isArray(found)) next.push(...found)
        else next.push(found)
      }
      values = next.filter(isPresent)
      if (values.length === 0) break
    }
    return values
  }
}

/** A value as a word to compare; undefined for objects and lists. */
export function wordOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberText(value)
  return typeof value === 'boolean' ? String(value) : undefined
}

const isPresent = (value: unknown) => value !== undefined && value !== null

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return (value as Record<string, unknown>)[name]
}
