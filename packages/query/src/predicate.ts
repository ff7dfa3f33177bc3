import { type AuditEvent, canonicalize } from '@tidemark/event'
import type { BoundExpr, BoundField, BoundQuery, Wanted } from './bound.js'
import { readAll, reader, wordOf } from './event-value.js'
import { fold, foldsTo } from './fold.js'
import { ipKeyOf } from './ip-range.js'
import { insideJson } from './json-text.js'
import { numberOfText } from './number-value.js'
import { compileRegex, isFault } from './regex.js'
import { instantNs } from './time-value.js'
import type { Pattern } from './tree.js'
import { wildcardMatcher } from './wildcard.js'

export type Predicate = (event: AuditEvent) => boolean

/** The query as a function of one event, with the same answer as its SQL. */
export const predicateOf = (bound: BoundQuery): Predicate => compile(bound.where)

function compile(expr: BoundExpr): Predicate {
  switch (expr.kind) {
    case 'all':
      return () => true
    case 'and':
      return all(expr.parts.map(compile))
    case 'or':
      return any(expr.parts.map(compile))
    case 'not': {
      const part = compile(expr.part)
      return (event) => !part(event)
    }
    case 'exists':
      return exists(expr.field)
    case 'equals':
      return equals(expr.field, expr.values)
    case 'like':
      return someWord(expr.field, foldedTest(expr.field, wildcardMatcher(expr.pattern, 'whole')))
    case 'regex':
      return someWord(expr.field, regexTest(expr.source))
    case 'number':
      return someNumber(expr.field, rangeTest(expr))
    case 'boolean': {
      const read = reader(expr.field)
      return (event) => read(event) === expr.value
    }
    case 'time':
      return timeTest(expr)
    case 'ip':
      return addressTest(expr)
    case 'text':
      return any(expr.fields.map((field) => textTest(field, expr.pattern)))
  }
}

function all(parts: readonly Predicate[]): Predicate {
  const [first, second, ...rest] = parts
  if (!first || !second) return first ?? (() => true)
  if (rest.length === 0) return (event) => first(event) && second(event)
  return (event) => {
    for (const part of parts) if (!part(event)) return false
    return true
  }
}

function any(parts: readonly Predicate[]): Predicate {
  const [first, second, ...rest] = parts
  if (!first || !second) return first ?? (() => false)
  if (rest.length === 0) return (event) => first(event) || second(event)
  return (event) => {
    for (const part of parts) if (part(event)) return true
    return false
  }
}

const hasMany = (field: BoundField) => field.type === 'json' || field.type === 'list'

function exists(field: BoundField): Predicate {
  if (hasMany(field)) {
    const read = readAll(field)
    return (event) => read(event).length > 0
  }
  const read = reader(field)
  return (event) => (read(event) ?? null) !== null
}

/** Whether any value of the field, as a word, passes. */
function someWord(field: BoundField, test: (word: string) => boolean): Predicate {
  if (hasMany(field)) {
    const read = readAll(field)
    return (event) => read(event).some((value) => isWord(wordOf(value), test))
  }
  const read = reader(field)
  return (event) => {
    const value = read(event)
    return typeof value === 'string' && test(value)
  }
}

const isWord = (word: string | undefined, test: (word: string) => boolean) => word !== undefined && test(word)

const foldedTest = (field: BoundField, test: (folded: string) => boolean) =>
  field.lowercase ? test : (word: string) => test(fold(word))

function equals(field: BoundField, values: readonly Wanted[]): Predicate {
  const numbers = values.flatMap(({ number }) => (number === null ? [] : [number]))
  if (numbers.length > 0) {
    const isNumber = (value: unknown) => typeof value === 'number' && numbers.includes(value)
    const read = readAll(field)
    const isText = wordTest(field, values)
    return (event) => read(event).some((value) => isNumber(value) || isWord(wordOf(value), isText))
  }
  return someWord(field, wordTest(field, values))
}

function wordTest(field: BoundField, values: readonly Wanted[]): (word: string) => boolean {
  const [only] = values
  if (values.length === 1 && only) {
    const { text } = only
    return field.lowercase ? (word) => word === text : (word) => foldsTo(word, text)
  }
  const texts = new Set(values.map(({ text }) => text))
  return foldedTest(field, (word) => texts.has(word))
}

function regexTest(source: string): (word: string) => boolean {
  const regex = compileRegex(source)
  if (isFault(regex)) throw new TypeError(regex.message)
  return (word) => regex.test(word)
}

function rangeTest({ from, to }: BoundExpr & { kind: 'number' }): (value: number) => boolean {
  const isAbove =
    from === null ? () => true : from.isIncluded ? (n: number) => n >= from.value : (n: number) => n > from.value
  const isBelow = to === null ? () => true : to.isIncluded ? (n: number) => n <= to.value : (n: number) => n < to.value
  return (value) => isAbove(value) && isBelow(value)
}

function someNumber(field: BoundField, test: (value: number) => boolean): Predicate {
  if (field.type !== 'json') {
    const read = reader(field)
    return (event) => {
      const value = read(event)
      return typeof value === 'number' && test(value)
    }
  }
  const read = readAll(field)
  return (event) =>
    read(event).some((value) => {
      const number = typeof value === 'string' ? numberOfText(value) : value
      return typeof number === 'number' && test(number)
    })
}

/** Compares fixed-width UTC texts, which sort like the instants they name. */
function timeTest({ field, fromNs, toNs }: BoundExpr & { kind: 'time' }): Predicate {
  const read = reader(field)
  return (event) => {
    const time = read(event)
    if (typeof time !== 'string') return false
    const ns = instantNs(time)
    return (fromNs === null || ns >= fromNs) && (toNs === null || ns < toNs)
  }
}

function addressTest({ field, first, last }: BoundExpr & { kind: 'ip' }): Predicate {
  const read = reader(field)
  return (event) => {
    const address = read(event)
    const key = typeof address === 'string' ? ipKeyOf(address) : null
    return key !== null && key >= first && key <= last
  }
}

function textTest(field: BoundField, pattern: Pattern): Predicate {
  if (field.type !== 'json') return someWord(field, foldedTest(field, wildcardMatcher(pattern, 'anywhere')))
  const inJson = pattern.map((piece) => ('text' in piece ? { text: insideJson(piece.text) } : piece))
  const fits = wildcardMatcher(inJson, 'anywhere')
  const textOf = staysInValue(inJson) ? JSON.stringify : canonicalize
  const read = reader(field)
  return (event) => {
    const value = read(event)
    return value !== undefined && fits(fold(textOf(value)))
  }
}

/** Whether what fits can only lie within one name or value, so that the order of members does not matter. */
function staysInValue(pattern: Pattern): boolean {
  const [only] = pattern
  return pattern.length === 1 && only !== undefined && 'text' in only && !/[,:[\]{}]/.test(only.text)
}
