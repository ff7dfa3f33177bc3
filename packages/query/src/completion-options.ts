import type { BoundField } from './bound.js'
import { knownValues } from './known-values.js'
import type { FieldRegistry } from './resolve-field.js'
import { writtenValue } from './write-text.js'

/** Something that may stand at a place of a query. `text` replaces the completion's `from`…`to`. */
export type CompletionOption = {
  readonly text: string
  readonly kind: 'field' | 'operator' | 'value' | 'command'
  /** A few words on it. */
  readonly detail?: string
}

export const operatorOptions: readonly CompletionOption[] = [
  { text: 'AND', kind: 'operator', detail: 'both' },
  { text: 'OR', kind: 'operator', detail: 'at least one' },
  { text: '|', kind: 'operator', detail: 'turn the events into figures' },
  { text: 'NOT', kind: 'operator', detail: 'the opposite' },
]

export const setOperatorOptions: readonly CompletionOption[] = [
  { text: 'OR', kind: 'operator', detail: 'another value' },
  { text: ')', kind: 'operator', detail: 'the end of the values' },
]

export const commandOptions: readonly CompletionOption[] = [
  { text: 'count by', kind: 'command', detail: 'how many events have each value' },
  { text: 'count by time 1d', kind: 'command', detail: 'how many events each day' },
  { text: 'count', kind: 'command', detail: 'how many events' },
  { text: 'top 10', kind: 'command', detail: 'the most frequent values' },
  { text: 'distinct', kind: 'command', detail: 'the different values' },
  { text: 'first by', kind: 'command', detail: 'the first event of each value' },
  { text: 'last by', kind: 'command', detail: 'the last event of each value' },
]

export const intervalOptions: readonly CompletionOption[] = ['15m', '1h', '1d', '1w', '1mo', '1y'].map((text) => ({
  text,
  kind: 'value',
}))

/** Every field under the name that is shorter to type, then `after` (a colon, or nothing). */
export const fieldOptions = ({ fields }: FieldRegistry, after: string): CompletionOption[] =>
  fields.map(({ alias, path, type }) => {
    const name = (alias ?? path).replace(/\*$/, '')
    return { text: name.endsWith('.') ? name : `${name}${after}`, kind: 'field', detail: `${type} · ${path}` }
  })

/** What a value of the field may look like; `isFirst` directly behind the colon. */
export function valueOptions(field: BoundField, found: readonly string[], isFirst: boolean): CompletionOption[] {
  const texts = [...(knownValues[field.path] ?? formsOf(field)), ...found.map(writtenValue)]
  const values = [...new Set(texts)].map((text): CompletionOption => ({ text, kind: 'value' }))
  return isFirst ? [...values, { text: '*', kind: 'value', detail: 'has a value' }] : values
}

function formsOf({ type }: BoundField): readonly string[] {
  if (type === 'boolean') return ['true', 'false']
  return type === 'time' ? ['>1h', '>24h', '>7d', '>30d', '>90d', '>1y'] : []
}
