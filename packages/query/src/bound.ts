import type { Field } from '@tidemark/event'
import type { Clock } from './time-value.js'
import type { Interval, Pattern, Query, Test } from './tree.js'

/** Which of an event's parts a field belongs to; `server` stands beside the hashed parts. */
export type Part = Field['part']

/**
 * What a field's values are.
 *
 * `text` is running text, in which a value is looked for. `list` has any number of words. `json` is whatever the
 * producer wrote: each value on the way may be a list, any element counts.
 */
export type BoundType = 'keyword' | 'text' | 'number' | 'time' | 'ip' | 'boolean' | 'list' | 'json'

/** A field as the readers see it. */
export type BoundField = {
  /** As the user wrote it. */
  readonly name: string
  /** The registry's name without `.*`: `actor.id`, `targets.type`, `details`, `labels`. What a dialect maps to a column. */
  readonly path: string
  /** Names below `path`, for `details.geo.country` they are `geo`, `country`. Case counts. */
  readonly keys: readonly string[]
  readonly type: BoundType
  readonly part: Part
  /** Stored values are always lower case. */
  readonly lowercase: boolean
}

/** A word to be equal to: folded text, and for `json` fields the number it also means when written in another way. */
export type Wanted = { readonly text: string; readonly number: number | null }

/** One end of a range of numbers. */
export type NumberEnd = { readonly value: number; readonly isIncluded: boolean }

/**
 * A question that any reader can answer. Two-valued: a test of a field that has no value is false, its negation true.
 *
 * Texts are folded (see `fold`); `and` and `or` have at least two parts.
 */
export type BoundExpr =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly BoundExpr[] }
  | { readonly kind: 'not'; readonly part: BoundExpr }
  | { readonly kind: 'exists'; readonly field: BoundField }
  /** Equal to any of them; keyword, text and list fields, and json. */
  | { readonly kind: 'equals'; readonly field: BoundField; readonly values: readonly Wanted[] }
  /** The whole value fits. */
  | { readonly kind: 'like'; readonly field: BoundField; readonly pattern: Pattern }
  /** Found anywhere in the value; no regard to case unless it says `(?-i)`. */
  | { readonly kind: 'regex'; readonly field: BoundField; readonly source: string }
  /** Number fields, and json values that are numbers or are written like one. */
  | {
      readonly kind: 'number'
      readonly field: BoundField
      readonly from: NumberEnd | null
      readonly to: NumberEnd | null
    }
  | { readonly kind: 'boolean'; readonly field: BoundField; readonly value: boolean }
  /** `fromNs` ≤ time < `toNs`, nanoseconds since 1970; `test` is what was written. */
  | {
      readonly kind: 'time'
      readonly field: BoundField
      readonly fromNs: bigint | null
      readonly toNs: bigint | null
      readonly test: Test
    }
  /** `first` ≤ address ≤ `last`, 32 hex digits each. */
  | { readonly kind: 'ip'; readonly field: BoundField; readonly first: string; readonly last: string }
  /** Found anywhere in any of the fields; `json` fields are searched as their JSON text. */
  | { readonly kind: 'text'; readonly fields: readonly BoundField[]; readonly pattern: Pattern }

export type BoundKey = { readonly field: BoundField; readonly interval: Interval | null }

export type BoundPipe =
  | { readonly kind: 'count'; readonly by: readonly BoundKey[] }
  | { readonly kind: 'distinct'; readonly fields: readonly BoundField[] }
  | { readonly kind: 'top'; readonly limit: number; readonly field: BoundField }
  | { readonly kind: 'first' | 'last'; readonly by: readonly BoundField[] }

/** A query whose names and relative times are settled: it gives the same answer whenever it is asked. */
export type BoundQuery = {
  readonly query: Query
  readonly where: BoundExpr
  readonly pipe: BoundPipe | null
  readonly clock: Clock
}
