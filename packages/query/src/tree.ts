/** Where in the query's text something stands: UTF-16 offsets, `to` is the first one after it. */
export type Span = { readonly from: number; readonly to: number }

/** A run of plain text, or a wildcard: `any` number of characters (`*`), `one` character (`?`). */
export type Piece = { readonly text: string } | { readonly wild: 'any' | 'one' }
export type Pattern = readonly Piece[]

export type CompareOp = '>' | '>=' | '<' | '<='

/** What is asked of one field, before anyone knows the field's type. Values are unescaped. */
export type Test =
  | { readonly kind: 'is'; readonly text: string; readonly span: Span }
  | { readonly kind: 'like'; readonly pattern: Pattern; readonly span: Span }
  | { readonly kind: 'exists'; readonly span: Span }
  | { readonly kind: 'compare'; readonly op: CompareOp; readonly text: string; readonly span: Span }
  | {
      readonly kind: 'range'
      /** null is an open end, written `*`. */
      readonly from: string | null
      readonly to: string | null
      readonly includesFrom: boolean
      readonly includesTo: boolean
      readonly span: Span
    }
  | { readonly kind: 'regex'; readonly source: string; readonly span: Span }

/** A question as written: boolean logic over field tests and free text. `and` and `or` have at least two parts. */
export type Expr =
  | { readonly kind: 'and'; readonly parts: readonly Expr[]; readonly span: Span }
  | { readonly kind: 'or'; readonly parts: readonly Expr[]; readonly span: Span }
  | { readonly kind: 'not'; readonly part: Expr; readonly span: Span }
  /** `name` is the path in segments: `details.geo.country` has three. */
  | {
      readonly kind: 'field'
      readonly name: readonly string[]
      readonly nameSpan: Span
      readonly test: Test
      readonly span: Span
    }
  /** Free text; wildcards at its ends are dropped, since it is found anywhere. No piece at all fits every event. */
  | { readonly kind: 'text'; readonly pattern: Pattern; readonly span: Span }

export type PipeField = { readonly name: readonly string[]; readonly span: Span }
export type IntervalUnit = 's' | 'm' | 'h' | 'd' | 'w' | 'mo' | 'y'
/** A length of time in the units people say: `15m`, `1d`, `3mo`. `count` ≥ 1. */
export type Interval = { readonly count: number; readonly unit: IntervalUnit }
export type PipeKey = PipeField & { readonly interval: Interval | null }

/** What turns the found events into figures. */
export type Pipe =
  | { readonly kind: 'count'; readonly by: readonly PipeKey[]; readonly span: Span }
  | { readonly kind: 'distinct'; readonly fields: readonly PipeField[]; readonly span: Span }
  | { readonly kind: 'top'; readonly limit: number; readonly field: PipeField; readonly span: Span }
  | { readonly kind: 'first' | 'last'; readonly by: readonly PipeField[]; readonly span: Span }

/** A parsed query. `where` null asks for every event. With problems, the tree holds what could be understood. */
export type Query = {
  readonly text: string
  readonly where: Expr | null
  readonly pipe: Pipe | null
  readonly problems: readonly Problem[]
}

/**
 * Something wrong with a query, in plain words, placed so that an editor can underline it.
 *
 * `column` counts from 1. `found` is the text there (`''` at the end of the query). `suggestion` is what to put in place
 * of `from`…`to`.
 */
export type Problem = {
  readonly code: 'syntax' | 'unknown_field' | 'bad_value' | 'too_large' | 'not_allowed'
  readonly from: number
  readonly to: number
  readonly column: number
  readonly found: string
  readonly expected: string
  readonly message: string
  readonly suggestion?: string
}
