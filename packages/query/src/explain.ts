import type { BoundExpr, BoundField, BoundPipe, BoundQuery } from './bound.js'
import { describeInterval, parseInterval } from './interval.js'
import { addressOfKey } from './ip-range.js'
import { simpleForm } from './pattern.js'
import { instantText } from './time-value.js'
import type { Pattern } from './tree.js'
import { writtenPattern } from './write-text.js'
import { offsetMsAt } from './zone.js'

/** The query as one English sentence, for someone who does not know the language. */
export function explain({ where, pipe, clock }: BoundQuery): string {
  const events = where.kind === 'all' ? 'all events' : `events where ${describe(where, clock.zone)}`
  const sentence = pipe ? describePipe(pipe, events) : events
  return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`
}

function describe(expr: BoundExpr, zone: string): string {
  switch (expr.kind) {
    case 'all':
      return 'anything happened'
    case 'and':
      return listed(
        expr.parts.map((part) => inside(part, 'or', zone)),
        'and',
      )
    case 'or':
      return listed(
        expr.parts.map((part) => inside(part, 'and', zone)),
        'or',
      )
    case 'not':
      return describeNot(expr.part, zone)
    default:
      return `${subject(expr)} ${predicate(expr, zone)}`
  }
}

const inside = (part: BoundExpr, bracketed: 'and' | 'or', zone: string) =>
  part.kind === bracketed ? `(${describe(part, zone)})` : describe(part, zone)

type Leaf = Exclude<BoundExpr, { kind: 'all' | 'and' | 'or' | 'not' }>

function describeNot(part: BoundExpr, zone: string): string {
  if (part.kind === 'exists') return `${part.field.name} has no value`
  if (part.kind === 'equals' && part.field.type !== 'list') return `${part.field.name} is not ${anyOf(part.values)}`
  return `it is not so that ${part.kind === 'and' || part.kind === 'or' ? `(${describe(part, zone)})` : describe(part, zone)}`
}

function subject(expr: Leaf): string {
  if (expr.kind !== 'text') return expr.field.name
  const [only] = expr.fields
  return expr.fields.length === 1 && only ? only.name : 'any text of the event'
}

function predicate(expr: Leaf, zone: string): string {
  switch (expr.kind) {
    case 'exists':
      return 'has a value'
    case 'equals':
      return `${verb(expr.field)} ${anyOf(expr.values)}`
    case 'like':
      return describePattern(expr.pattern)
    case 'regex':
      return `fits the regular expression /${expr.source}/`
    case 'boolean':
      return `is ${expr.value}`
    case 'number':
      return describeNumber(expr)
    case 'time':
      return describeTime(expr, zone)
    case 'ip':
      if (expr.first === expr.last) return `is ${addressOfKey(expr.first)}`
      return `is from ${addressOfKey(expr.first)} to ${addressOfKey(expr.last)}`
    case 'text':
      return `contains ${textOf(expr.pattern)}`
  }
}

const verb = ({ type }: BoundField) => (type === 'list' ? 'has' : 'is')
const quoted = (text: string) => `"${text}"`
const anyOf = (values: readonly { readonly text: string }[]) =>
  listed(
    values.map(({ text }) => quoted(text)),
    'or',
  )
const textOf = (pattern: Pattern) =>
  quoted(pattern.map((piece) => ('text' in piece ? piece.text : piece.wild === 'any' ? '*' : '?')).join(''))

function describePattern(pattern: Pattern): string {
  const simple = simpleForm(pattern)
  const forms = { start: 'starts with', end: 'ends with', anywhere: 'contains', whole: 'is' }
  if (simple) return `${forms[simple.at]} ${quoted(simple.text)}`
  return `looks like ${quoted(writtenPattern(pattern, 'value'))}`
}

function describeNumber({ from, to }: BoundExpr & { kind: 'number' }): string {
  if (from && to && from.value === to.value) return `is ${from.value}`
  const ends = [
    from && `${from.isIncluded ? 'at least' : 'more than'} ${from.value}`,
    to && `${to.isIncluded ? 'at most' : 'less than'} ${to.value}`,
  ]
  return `is ${ends.filter(Boolean).join(' and ')}`
}

function describeTime({ test, fromNs, toNs }: BoundExpr & { kind: 'time' }, zone: string): string {
  const from = fromNs !== null && wallText(fromNs, zone)
  const to = toNs !== null && wallText(toNs, zone)
  const age = test.kind === 'compare' ? parseInterval(test.text) : null
  if (age && from) return `is within the last ${describeInterval(age).replace(/^1 /, '')} (since ${from})`
  if (age && to) return `is more than ${describeInterval(age)} ago (before ${to})`
  if (test.kind === 'is') return `is in ${test.text} (${zone})`
  const ends = [from && `from ${from}`, to && `before ${to}`]
  return `is ${ends.filter(Boolean).join(' and ')}`
}

/** `2025-01-15 10:30 UTC`, with seconds when there are any. */
function wallText(ns: bigint, zone: string): string {
  const atMs = Number(ns / 1_000_000n)
  const wall = instantText(ns + BigInt(offsetMsAt(zone, atMs)) * 1_000_000n)
  const time = wall
    .slice(11, -1)
    .replace(/\.000$/, '')
    .replace(/^(\d\d:\d\d):00$/, '$1')
  return `${wall.slice(0, 10)} ${time} ${zone}`
}

function describePipe(pipe: BoundPipe, events: string): string {
  const names = (fields: readonly BoundField[]) =>
    listed(
      fields.map(({ name }) => name),
      'and',
    )
  switch (pipe.kind) {
    case 'count': {
      const keys = pipe.by.map(({ field, interval }) =>
        interval ? `each ${describeInterval(interval).replace(/^1 /, '')} of ${field.name}` : field.name,
      )
      return `how many ${events}${keys.length === 0 ? '' : `, by ${listed(keys, 'and')}`}`
    }
    case 'distinct':
      return `the different values of ${names(pipe.fields)} among ${events}`
    case 'top':
      return `the ${pipe.limit} most frequent values of ${pipe.field.name} among ${events}`
    case 'first':
    case 'last':
      return `the ${pipe.kind} of ${events}${pipe.by.length === 0 ? '' : ` for each ${names(pipe.by)}`}`
  }
}

/** `a`, `a and b`, `a, b and c`. */
function listed(items: readonly string[], word: 'and' | 'or'): string {
  if (items.length < 2) return items[0] ?? ''
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`
}
