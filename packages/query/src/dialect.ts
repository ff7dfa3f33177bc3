import type { BoundField } from './bound.js'
import type { TimeAxis } from './time-axis.js'

/** A value handed to the database beside the text. */
export type SqlValue = string | number | bigint
/** Takes a value and gives the text that stands for it; the only way a value gets into a query. */
export type Bind = (value: SqlValue) => string

/**
 * How one database says what the readers of a query mean. Everything returned is SQL.
 *
 * Conditions may be NULL where they are not true. Texts are UTF-8 and compared byte by byte; `fold` must give the same
 * as our `fold`.
 */
export interface Dialect {
  /** The text for the parameter at `position`, counted from 1. */
  parameter(position: number, value: SqlValue): string
  /**
   * The one value of a field: text, number or boolean; for times nanoseconds since 1970 as a 64-bit integer; for
   * addresses 32 hex digits. NULL when the event has none.
   */
  value(field: BoundField, bind: Bind): string
  /** The field's text, folded. */
  folded(field: BoundField, bind: Bind): string
  /** Whether a `list` or `json` field has any value. */
  hasValue(field: BoundField, bind: Bind): string
  /**
   * Whether any value of a `list` or `json` field passes, given it as a word and, where it is a JSON number, as a
   * number. `hint` is a folded text that every word which passes holds, null when none is known.
   */
  someWord(field: BoundField, test: (word: string, number: string) => string, hint: string | null, bind: Bind): string
  /** Whether any value of a `json` field passes that is a number or a text written like one (see `numberOfText`). */
  someNumber(field: BoundField, test: (number: string) => string, bind: Bind): string
  /** The JSON text of a `json` field, folded. */
  foldedJson(field: BoundField, bind: Bind): string
  /**
   * One folded text that holds all of `fields` with a character between them that no query has; undefined when there is
   * none. Saves looking into every column.
   */
  haystack?(fields: readonly BoundField[], bind: Bind): string | undefined
  /**
   * Something to join to the events (after a comma in FROM) that gives a column `name` with each different word of a
   * `list` or `json` field; one row with NULL when it has none.
   */
  eachWord(field: BoundField, name: string, bind: Bind): string
  /** The number of the step of a time axis (see `stepOf`) for a time in nanoseconds. */
  step(timeNs: string, axis: TimeAxis): string
  /** An aggregate: the values of `columns` in the row that comes first or last in their order, as one record. */
  edge(kind: 'first' | 'last', columns: readonly string[]): string
  /** One value of that record. */
  member(record: string, column: string): string
  fold(text: string): string
  startsWith(text: string, part: string): string
  endsWith(text: string, part: string): string
  contains(text: string, part: string): string
  /**
   * Whether an RE2 regular expression is found in the text, in time linear in the text; `.` fits a line break only where
   * it says `(?s)`. The expression is one group: DuckDB turns simple ones without a group into LIKE, which tries all ways
   * to share a text out among the wildcards and cannot be interrupted while it does.
   */
  matches(text: string, regex: string): string
}
