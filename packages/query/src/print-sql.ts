import type { BoundExpr, BoundField, BoundQuery, Wanted } from './bound.js'
import type { Bind, Dialect, SqlValue } from './dialect.js'
import { insideJson } from './json-text.js'
import { patternSource, simpleForm } from './pattern.js'
import type { Pattern } from './tree.js'

export type Sql = { readonly sql: string; readonly params: readonly SqlValue[] }

/**
 * The condition of a query for a WHERE clause, without its pipe; `TRUE` when it asks for every event.
 *
 * `firstParameter` is the position of the first parameter, for a condition that joins others; default 1.
 */
export function printSql({ where }: BoundQuery, dialect: Dialect, firstParameter = 1): Sql {
  const printer = new SqlPrinter(dialect, firstParameter)
  return { sql: printer.expr(where), params: printer.params }
}

class SqlPrinter {
  readonly params: SqlValue[] = []
  readonly #dialect: Dialect
  readonly #firstParameter: number

  constructor(dialect: Dialect, firstParameter: number) {
    this.#dialect = dialect
    this.#firstParameter = firstParameter
  }

  /** A value that occurs twice is one parameter. */
  readonly #bind: Bind = (value) => {
    const known = this.params.indexOf(value)
    const place = known < 0 ? this.params.push(value) - 1 : known
    return this.#dialect.parameter(this.#firstParameter + place, value)
  }

  expr(expr: BoundExpr): string {
    const dialect = this.#dialect
    switch (expr.kind) {
      case 'all':
        return 'TRUE'
      case 'and':
      case 'or':
        return `(${expr.parts.map((part) => this.expr(part)).join(expr.kind === 'and' ? ' AND ' : ' OR ')})`
      case 'not':
        return `NOT coalesce(${this.expr(expr.part)}, FALSE)`
      case 'exists':
        return this.#exists(expr.field)
      case 'equals':
        return this.#equals(expr.field, expr.values)
      case 'like':
        return this.#word(expr.field, (word) => this.#fits(word, expr.pattern), hintOf(textsOf(expr.pattern)))
      case 'regex':
        return this.#rawWord(expr.field, (word) => dialect.matches(word, this.#bind(`(?is)(${expr.source})`)))
      case 'number':
        return this.#number(expr)
      case 'boolean':
        return `${dialect.value(expr.field, this.#bind)} = ${expr.value ? 'TRUE' : 'FALSE'}`
      case 'time':
        return this.#time(expr)
      case 'ip':
        return this.#address(expr)
      case 'text':
        return this.#text(expr.fields, expr.pattern)
    }
  }

  #exists(field: BoundField): string {
    if (hasMany(field)) return this.#dialect.hasValue(field, this.#bind)
    return `${this.#dialect.value(field, this.#bind)} IS NOT NULL`
  }

  #equals(field: BoundField, values: readonly Wanted[]): string {
    const texts = values.map(({ text }) => text)
    const numbers = values.flatMap(({ number }) => (number === null ? [] : [number]))
    const test = (word: string, number: string) => {
      const isWord = this.#isOneOf(word, texts)
      return numbers.length === 0 ? isWord : `${isWord} OR ${this.#isOneOf(number, numbers)}`
    }
    return this.#word(field, test, texts.length === 1 && numbers.length === 0 ? hintOf(texts) : null)
  }

  #isOneOf(value: string, wanted: readonly SqlValue[]): string {
    const [only] = wanted
    if (wanted.length === 1 && only !== undefined) return `${value} = ${this.#bind(only)}`
    return `${value} IN (${wanted.map(this.#bind).join(', ')})`
  }

  /** A condition on the folded text of a field, or of any of its values. */
  #word(field: BoundField, test: (word: string, number: string) => string, hint: string | null): string {
    if (!hasMany(field)) return test(this.#dialect.folded(field, this.#bind), 'NULL')
    const fold = field.lowercase ? (word: string) => word : (word: string) => this.#dialect.fold(word)
    return this.#dialect.someWord(field, (word, number) => test(fold(word), number), hint, this.#bind)
  }

  #rawWord(field: BoundField, test: (word: string) => string): string {
    if (hasMany(field)) return this.#dialect.someWord(field, test, null, this.#bind)
    return test(this.#dialect.value(field, this.#bind))
  }

  /** The whole folded text fits the pattern. */
  #fits(text: string, pattern: Pattern): string {
    const simple = simpleForm(pattern)
    switch (simple?.at) {
      case 'whole':
        return `${text} = ${this.#bind(simple.text)}`
      case 'start':
        return this.#dialect.startsWith(text, this.#bind(simple.text))
      case 'end':
        return this.#dialect.endsWith(text, this.#bind(simple.text))
      case 'anywhere':
        return this.#dialect.contains(text, this.#bind(simple.text))
      default:
        return this.#dialect.matches(text, this.#bind(`(?s)\\A(${patternSource(pattern)})\\z`))
    }
  }

  /** The pattern is found somewhere in the folded text. */
  #holds(text: string, pattern: Pattern): string {
    const [only] = pattern
    if (pattern.length === 1 && only && 'text' in only) return this.#dialect.contains(text, this.#bind(only.text))
    return this.#dialect.matches(text, this.#bind(`(?s)(${patternSource(pattern)})`))
  }

  #text(fields: readonly BoundField[], pattern: Pattern): string {
    const haystack = isPlain(pattern) ? this.#dialect.haystack?.(fields, this.#bind) : undefined
    if (haystack !== undefined) return this.#holds(haystack, pattern)
    const inJson = pattern.map((piece) => ('text' in piece ? { text: insideJson(piece.text) } : piece))
    const tests = fields.map((field) =>
      field.type === 'json'
        ? this.#holds(this.#dialect.foldedJson(field, this.#bind), inJson)
        : this.#word(field, (word) => this.#holds(word, pattern), hintOf(textsOf(pattern))),
    )
    if (tests.length === 0) return 'FALSE'
    return tests.length === 1 ? tests[0]! : `(${tests.join(' OR ')})`
  }

  #number({ field, from, to }: BoundExpr & { kind: 'number' }): string {
    const test = (number: string) => {
      const value = (of: number) => this.#bind(field.type === 'json' || !Number.isSafeInteger(of) ? of : BigInt(of))
      if (from && to && from.value === to.value && from.isIncluded && to.isIncluded)
        return `${number} = ${value(from.value)}`
      return conjunction([
        from && `${number} ${from.isIncluded ? '>=' : '>'} ${value(from.value)}`,
        to && `${number} ${to.isIncluded ? '<=' : '<'} ${value(to.value)}`,
      ])
    }
    if (field.type === 'json') return this.#dialect.someNumber(field, test, this.#bind)
    return test(this.#dialect.value(field, this.#bind))
  }

  #time({ field, fromNs, toNs }: BoundExpr & { kind: 'time' }): string {
    const time = this.#dialect.value(field, this.#bind)
    return conjunction([
      fromNs !== null && `${time} >= ${this.#bind(fromNs)}`,
      toNs !== null && `${time} < ${this.#bind(toNs)}`,
    ])
  }

  #address({ field, first, last }: BoundExpr & { kind: 'ip' }): string {
    const address = this.#dialect.value(field, this.#bind)
    if (first === last) return `${address} = ${this.#bind(first)}`
    return conjunction([`${address} >= ${this.#bind(first)}`, `${address} <= ${this.#bind(last)}`])
  }
}

const hasMany = (field: BoundField) => field.type === 'list' || field.type === 'json'

const textsOf = (pattern: Pattern) => pattern.flatMap((piece) => ('text' in piece ? [piece.text] : []))

/**
 * The longest of the texts that a fitting word holds; null when its JSON may not hold it, which has a plus sign in the
 * exponent of large numbers.
 */
function hintOf(texts: readonly string[]): string | null {
  const longest = texts.reduce((best, text) => (text.length > best.length ? text : best), '')
  return longest === '' || /^[0-9.-]*e[0-9]+$/.test(longest) ? null : longest
}

/** Both conditions, or the one there is. */
function conjunction(conditions: readonly (string | false | null)[]): string {
  const present = conditions.filter((condition) => condition !== false && condition !== null)
  return present.length === 1 ? present[0]! : `(${present.join(' AND ')})`
}

/** One run of text that stands in JSON as it is, without the characters that part the texts of a haystack. */
function isPlain(pattern: Pattern): boolean {
  const [only] = pattern
  return pattern.length === 1 && only !== undefined && 'text' in only && insideJson(only.text) === only.text
}
