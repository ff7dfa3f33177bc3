import { refuse } from '../refusal.js'
import type { Redactor } from './redact.js'

/** An object of the producer's own making, without secrets. Refuses (EventRefused) one of more than `maxDepth` levels. */
export function freeObject(
  value: Record<string, unknown>,
  pointer: string,
  maxDepth: number,
  redact: Redactor,
): Record<string, unknown> {
  if (isDeeper(value, maxDepth)) refuse('too_deep', pointer, `expected at most ${maxDepth} levels of nesting`)
  return redact.tree(value)
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  for (const member of Object.values(value)) if (isDeeper(member, levels - 1)) return true
  return false
}
