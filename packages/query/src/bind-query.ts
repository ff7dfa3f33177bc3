import * as event from '@tidemark/event'
import { bindTest } from './bind-test.js'
import type { BoundExpr, BoundField, BoundKey, BoundPipe, BoundQuery, Part } from './bound.js'
import { freeTextPaths } from './free-text.js'
import { ipKeyOf } from './ip-range.js'
import { foldedPattern } from './pattern.js'
import { Problems, QueryError } from './problem.js'
import { type FieldRegistry, resolveField } from './resolve-field.js'
import { simplified } from './simplify.js'
import type { Clock } from './time-value.js'
import type { Expr, Pattern, Pipe, PipeField, PipeKey, Query, Span } from './tree.js'
import { isZone } from './zone.js'

export type BindContext = {
  /** What relative times count from. */
  readonly now: Date
  /** IANA time zone in which days, months and years begin and end. */
  readonly zone: string
  /** The known fields; default is every field of the audit event. */
  readonly fields?: FieldRegistry
  /** The parts the asker may read: fields of others are refused, and free text does not look there. Default: all. */
  readonly readable?: readonly Part[]
}

/**
 * Settles what a query's names, values and relative times mean.
 *
 * Throws QueryError (`bad_query`) with every problem found, also those of parsing; RangeError for an unknown zone.
 */
export function bindQuery(query: Query, context: BindContext): BoundQuery {
  if (!isZone(context.zone)) throw new RangeError(`"${context.zone}" is not a time zone`)
  const binder = new Binder(query, context)
  const where = query.where ? binder.expr(query.where) : { kind: 'all' as const }
  const pipe = query.pipe && binder.pipe(query.pipe)
  const problems = [...query.problems, ...binder.problems.list].sort((a, b) => a.from - b.from)
  if (problems.length > 0) throw new QueryError(problems)
  return { query, where: simplified(where), pipe, clock: { now: context.now, zone: context.zone } }
}

const ALL_PARTS: readonly Part[] = ['core', 'personal', 'content', 'server']

class Binder {
  readonly problems: Problems
  readonly #registry: FieldRegistry
  readonly #clock: Clock
  readonly #readable: readonly Part[]
  readonly #text: string

  constructor(query: Query, { fields = event, now, zone, readable = ALL_PARTS }: BindContext) {
    this.problems = new Problems(query.text)
    this.#text = query.text
    this.#registry = fields
    this.#clock = { now, zone }
    this.#readable = readable
  }

  expr(expr: Expr): BoundExpr {
    switch (expr.kind) {
      case 'and':
      case 'or':
        return { kind: expr.kind, parts: expr.parts.map((part) => this.expr(part)) }
      case 'not':
        return { kind: 'not', part: this.expr(expr.part) }
      case 'text':
        return this.#freeText(expr.pattern, expr.span)
      case 'field': {
        const field = this.#field(expr.name, expr.nameSpan)
        return field ? bindTest(field, expr.test, this.#clock, this.problems) : { kind: 'all' }
      }
    }
  }

  pipe(pipe: Pipe): BoundPipe | null {
    switch (pipe.kind) {
      case 'count':
        return { kind: 'count', by: present(pipe.by.map((key) => this.#key(key))) }
      case 'top': {
        const field = this.#groupField(pipe.field)
        return field && { kind: 'top', limit: pipe.limit, field }
      }
      case 'distinct':
        return { kind: 'distinct', fields: present(pipe.fields.map((field) => this.#groupField(field))) }
      case 'first':
      case 'last':
        return { kind: pipe.kind, by: present(pipe.by.map((field) => this.#groupField(field))) }
    }
  }

  #field(name: readonly string[], span: Span): BoundField | null {
    const field = resolveField(name, this.#registry)
    if (!field) return this.#unknownField(name, span)
    if (this.#readable.includes(field.part)) return field
    const message = `"${field.name}" holds ${field.part} data, which you may not read.`
    this.problems.add('not_allowed', span, 'a field you may read', message)
    return null
  }

  #unknownField(name: readonly string[], span: Span): null {
    const written = name.join('.')
    const suggestion = this.#registry.suggestField(written)
    const advice = suggestion
      ? `Did you mean "${suggestion}"?`
      : `Producers' own values are below details, as in details.${written}. To search for text with a colon, put it in quotes.`
    this.problems.add(
      'unknown_field',
      span,
      'the name of a field',
      `There is no field "${written}". ${advice}`,
      suggestion,
    )
    return null
  }

  #freeText(pattern: Pattern, span: Span): BoundExpr {
    this.#checkForgottenColon(span)
    if (pattern.length === 0) return { kind: 'all' }
    const known = present(freeTextPaths.map((path) => resolveField(path.split('.'), this.#registry) ?? null))
    const fields = known.filter((field) => this.#readable.includes(field.part))
    const text: BoundExpr = { kind: 'text', fields, pattern: foldedPattern(pattern) }
    const address = this.#address(pattern)
    return address ? { kind: 'or', parts: [text, address] } : text
  }

  /** A word that is an address also finds the events that came from it, however it was written there. */
  #address(pattern: Pattern): BoundExpr | null {
    const [first] = pattern
    const key = pattern.length === 1 && first && 'text' in first ? ipKeyOf(first.text) : null
    const field = key === null ? null : resolveField(['client', 'ip'], this.#registry)
    if (key === null || !field || !this.#readable.includes(field.part)) return null
    return { kind: 'ip', field, first: key, last: key }
  }

  /** `outcome=denied` reads like a field test but would be a search for that very text. */
  #checkForgottenColon(span: Span): void {
    const found = /^([A-Za-z_.]+)(==?|!=|>=?|<=?)(.*)$/.exec(this.#text.slice(span.from, span.to))
    if (!found || !resolveField(found[1]!.split('.'), this.#registry)) return
    const [, name, operator = '', value] = found
    const suggestion = `${operator === '!=' ? '-' : ''}${name}:${operator.includes('=') && operator.length < 3 && !/[<>]/.test(operator) ? '' : operator}${value}`
    const message = `A field test is written with a colon: ${suggestion}. To search for the text itself, put it in quotes.`
    this.problems.add('syntax', span, suggestion, message, suggestion)
  }

  #key(key: PipeKey): BoundKey | null {
    const field = this.#field(key.name, key.span)
    if (!field) return null
    if (field.type === 'time' && !key.interval) {
      const message = `Say how long each step of "${field.name}" is: ${field.name} 1d.`
      this.problems.add('bad_value', key.span, `${field.name} 1h, ${field.name} 1d, …`, message, `${field.name} 1d`)
    }
    if (field.type !== 'time' && key.interval) {
      const message = `Only times are counted in steps; "${field.name}" is no time.`
      this.problems.add('bad_value', key.span, 'a time field', message, field.name)
    }
    return this.#isGroup(field, key.span) ? { field, interval: key.interval } : null
  }

  #groupField({ name, span }: PipeField): BoundField | null {
    const field = this.#field(name, span)
    if (field?.type === 'time') {
      const message = `Times are counted in steps, as in "count by ${field.name} 1d".`
      this.problems.add('bad_value', span, 'a field that is no time', message)
    }
    return field && this.#isGroup(field, span) ? field : null
  }

  #isGroup(field: BoundField, span: Span): boolean {
    if (field.type !== 'json' || field.keys.length > 0) return true
    const message = `"${field.name}" holds many values: name one of them, ${field.name}.something.`
    this.problems.add('bad_value', span, `${field.name}.something`, message)
    return false
  }
}

const present = <T>(items: readonly (T | null)[]): T[] => items.filter((item): item is T => item !== null)
