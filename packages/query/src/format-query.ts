import { formatInterval } from './interval.js'
import type { Expr, Pattern, Pipe, PipeKey, Query, Test } from './tree.js'
import { writtenName, writtenPattern, writtenRegex, writtenValue, writtenWord } from './write-text.js'

/** The query in its usual form: parsing it gives the same tree. Comments on nothing but the tree, not on its source. */
export function formatQuery({ where, pipe }: Pick<Query, 'where' | 'pipe'>): string {
  return [where && formatExpr(where), pipe && formatPipe(pipe)].filter(Boolean).join(' ')
}

/** `AND` binds tighter than `OR`, `NOT` tighter than both. */
const tightness = { or: 0, and: 1, not: 2, field: 3, text: 3 } as const

export function formatExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'and':
      return expr.parts.map((part) => inside(part, 'and')).join(' AND ')
    case 'or':
      return choiceOf(expr.parts) ?? expr.parts.map((part) => inside(part, 'or')).join(' OR ')
    case 'not':
      return `NOT ${inside(expr.part, 'not')}`
    case 'field':
      return `${writtenName(expr.name)}:${formatTest(expr.test)}`
    case 'text':
      return formatFreeText(expr.pattern)
  }
}

function inside(part: Expr, parent: 'and' | 'or' | 'not'): string {
  const isTight = tightness[part.kind] >= tightness[parent] || (part.kind === 'or' && choiceOf(part.parts) !== null)
  return isTight ? formatExpr(part) : `(${formatExpr(part)})`
}

/** Tests of one field that are joined by OR are written as a set: `outcome:(failure OR denied)`. */
function choiceOf(parts: readonly Expr[]): string | null {
  const [first] = parts
  if (first?.kind !== 'field') return null
  const name = writtenName(first.name)
  const tests = parts.map((part) =>
    part.kind === 'field' && writtenName(part.name) === name ? formatTest(part.test) : null,
  )
  return tests.includes(null) ? null : `${name}:(${tests.join(' OR ')})`
}

function formatTest(test: Test): string {
  switch (test.kind) {
    case 'exists':
      return '*'
    case 'is':
      return writtenValue(test.text)
    case 'like':
      return writtenPattern(test.pattern, 'value')
    case 'compare':
      return `${test.op}${writtenValue(test.text)}`
    case 'range':
      return `${test.includesFrom ? '[' : '{'}${end(test.from)} TO ${end(test.to)}${test.includesTo ? ']' : '}'}`
    case 'regex':
      return writtenRegex(test.source)
  }
}

const end = (text: string | null) => (text === null ? '*' : writtenValue(text))

function formatFreeText(pattern: Pattern): string {
  const [only] = pattern
  if (!only) return '*'
  if (pattern.length > 1 || 'wild' in only) return writtenPattern(pattern, 'word')
  return writtenWord(only.text)
}

function formatPipe(pipe: Pipe): string {
  switch (pipe.kind) {
    case 'count':
      return `| count${pipe.by.length === 0 ? '' : ` by ${pipe.by.map(formatKey).join(', ')}`}`
    case 'distinct':
      return `| distinct ${pipe.fields.map(({ name }) => writtenName(name)).join(', ')}`
    case 'top':
      return `| top ${pipe.limit} ${writtenName(pipe.field.name)}`
    case 'first':
    case 'last':
      return `| ${pipe.kind}${pipe.by.length === 0 ? '' : ` by ${pipe.by.map(({ name }) => writtenName(name)).join(', ')}`}`
  }
}

const formatKey = ({ name, interval }: PipeKey) =>
  `${writtenName(name)}${interval ? ` ${formatInterval(interval)}` : ''}`
