import { limits } from '../limits.js'
import { refuse } from '../refusal.js'
import type { AuditEvent, ProducedEvent } from '../schema/event.js'
import { changedFields } from './changed-fields.js'
import { freeObject } from './free-object.js'
import type { Redactor } from './redact.js'

/**
 * A change with the names of what changed, and without secrets in its states.
 *
 * The names are found before secrets are taken out, so that a changed password shows as changed.
 */
export function normalChange(change: NonNullable<ProducedEvent['change']>, redact: Redactor): AuditEvent['change'] {
  const { previous, next } = change
  const normal: NonNullable<AuditEvent['change']> = {}
  if (previous) normal.previous = freeObject(previous, '/change/previous', limits.stateDepth, redact)
  if (next) normal.next = freeObject(next, '/change/next', limits.stateDepth, redact)
  const changed = change.changedFields ?? (previous && next && changedFields(previous, next))
  if (changed) checkNames(changed)
  if (changed) normal.changedFields = changed
  return normal
}

/** Names that were given fit the schema already; names that were found may not. */
function checkNames(changed: readonly string[]): void {
  if (changed.length > limits.changedFields) {
    refuse('too_many', '/change', `expected at most ${limits.changedFields} changed fields, found ${changed.length}`)
  }
  const max = limits.changedFieldCharacters
  if (changed.some((name) => name.length > max && [...name].length > max)) {
    refuse('too_long', '/change', `expected names of changed fields of at most ${max} characters`)
  }
}
