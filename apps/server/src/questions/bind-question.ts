import {
  type BoundExpr,
  type BoundField,
  type BoundQuery,
  bindQuery,
  parseQuery,
  type Query,
  QueryError,
} from '@tidemark/query'
import { RequestProblem } from '../http/request-problem.js'

/** What every question says: the query text, and what the other parameters add to it. */
export type QuestionText = {
  readonly q: string
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly zone: string
  readonly include: 'audit' | 'logs'
}

/** `text` is the whole question as one query: what to type to ask it again. */
export type BoundQuestion = { readonly query: BoundQuery; readonly text: string }

/** Whether a question must end in a pipe (figures) or must not (events). */
export type PipeRule = 'needed' | 'refused'

/**
 * The question as the store answers it: query, period and kind of events together.
 *
 * Application logs (`action:log.*`) are left out unless `include` asks for them or the query itself names such an
 * action. Throws QueryError, or `RequestProblem` `invalid_parameter` for the period and the zone.
 */
export function bindQuestion(question: QuestionText, now: Date, pipe: PipeRule): BoundQuestion {
  const { q, zone, from, to, include } = question
  const { query } = parseQuery(q)
  const bound = withZone(zone, () => bindQuery(query, { now, zone }))
  if (pipe === 'refused' && bound.pipe)
    throw pipeProblem(q, query.pipe!.span.from, 'the end of the query', 'Ask /v1/aggregate for figures.')
  if (pipe === 'needed' && !bound.pipe)
    throw pipeProblem(q, q.length, '| count by …', 'End the query in a pipe, for example | count by action.')
  const parts = [bound.where]
  const texts = [whereText(query)]
  if (from !== undefined) {
    parts.push(bindPeriod('from', '>=', from, zone, now))
    texts.push(`time:>="${from}"`)
  }
  if (to !== undefined) {
    parts.push(bindPeriod('to', '<', to, zone, now))
    texts.push(`time:<"${to}"`)
  }
  if (include === 'audit' && !namesLogAction(bound.where)) {
    parts.push(withoutLogs)
    texts.push('NOT action:log.*')
  }
  const text =
    `${texts.filter((part) => part !== '' && part !== '*').join(' AND ') || '*'} ${q.slice(pipeStart(query))}`.trimEnd()
  return { query: { ...bound, where: allOf(parts) }, text }
}

/** Offset of the bar before the pipe; the text's end when there is none. */
const pipeStart = ({ text, pipe }: Query) => (pipe ? text.lastIndexOf('|', pipe.span.from) : text.length)

function whereText(query: Query): string {
  const text = query.text.slice(0, pipeStart(query)).trim()
  return query.where?.kind === 'or' ? `(${text})` : text
}

/** Fields by name, as a query would find them. Throws `RequestProblem` `invalid_parameter` with the nearest name. */
export function bindFields(parameter: string, names: readonly string[]): BoundField[] {
  const { query } = parseQuery(`* | distinct ${names.join(', ')}`)
  try {
    const { pipe } = bindQuery(query, { now: new Date(0), zone: 'UTC' })
    if (pipe?.kind === 'distinct') return [...pipe.fields]
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    throw new RequestProblem('invalid_parameter', error.problems[0]!.message, { parameter })
  }
  throw new RequestProblem('invalid_parameter', 'Expected field names', { parameter })
}

const withoutLogs = bindQuery(parseQuery('NOT action:log.*').query, { now: new Date(0), zone: 'UTC' }).where

function bindPeriod(parameter: string, operator: '>=' | '<', text: string, zone: string, now: Date): BoundExpr {
  const { query } = parseQuery(`time:${operator}"${text.replace(/["\\]/g, '')}"`)
  try {
    return bindQuery(query, { now, zone }).where
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    throw new RequestProblem('invalid_parameter', `${parameter}: ${error.problems[0]!.message}`, { parameter })
  }
}

function withZone<T>(zone: string, bind: () => T): T {
  try {
    return bind()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new RequestProblem(
      'invalid_parameter',
      `zone: "${zone}" is not a time zone; write one such as Europe/Berlin`,
      { parameter: 'zone' },
    )
  }
}

function allOf(parts: readonly BoundExpr[]): BoundExpr {
  const flat = parts.flatMap((part) => (part.kind === 'and' ? part.parts : part.kind === 'all' ? [] : [part]))
  if (flat.length === 0) return { kind: 'all' }
  return flat.length === 1 ? flat[0]! : { kind: 'and', parts: flat }
}

/** Whether some test of `action` can only mean application logs: `action:log.*`, `action:log.error`. */
function namesLogAction(expr: BoundExpr): boolean {
  switch (expr.kind) {
    case 'and':
    case 'or':
      return expr.parts.some(namesLogAction)
    case 'not':
      return namesLogAction(expr.part)
    case 'equals':
      return expr.field.path === 'action' && expr.values.some(({ text }) => text.startsWith('log.'))
    case 'like': {
      const [first] = expr.pattern
      return expr.field.path === 'action' && first !== undefined && 'text' in first && first.text.startsWith('log.')
    }
    default:
      return false
  }
}

function pipeProblem(q: string, at: number, expected: string, message: string): QueryError {
  return new QueryError([
    { code: 'syntax', from: at, to: q.length, column: at + 1, found: q.slice(at, at + 80), expected, message },
  ])
}
