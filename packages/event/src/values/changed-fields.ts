import { byCodeUnits, canonicalize } from '../json/canonical-json.js'

/**
 * The members in which two states differ, by name, sorted. A member that was added or removed counts.
 *
 * Values are compared as canonical JSON, so the order of members inside them does not matter.
 */
export function changedFields(previous: Record<string, unknown>, next: Record<string, unknown>): string[] {
  const names = new Set([...Object.keys(previous), ...Object.keys(next)])
  return [...names].filter((name) => !isSame(own(previous, name), own(next, name))).sort(byCodeUnits)
}

const own = (state: Record<string, unknown>, name: string) => (Object.hasOwn(state, name) ? state[name] : undefined)

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (a === undefined || b === undefined) return false
  return canonicalize(a) === canonicalize(b)
}
