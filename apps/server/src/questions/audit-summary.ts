import { Readable } from 'node:stream'
import type { BoundQuery } from '@tidemark/query'
import type { Position } from '@tidemark/store'
import type { AuditSummary, Figure } from '@tidemark/wire'
import type { Call } from '../http/call.js'
import { bindQuestion, type QuestionText } from './bind-question.js'
import type { Questions } from './questions.js'

const figureQueries = {
  totalAuthEvents: 'action:auth.*',
  failedLogins: 'action:auth.* AND outcome:failure',
  accessDenied: 'outcome:denied',
  configChanges: 'action:settings.*',
} as const
type FigureName = keyof typeof figureQueries

const lists = {
  authEvents: 'totalAuthEvents',
  deniedEvents: 'accessDenied',
  configChanges: 'configChanges',
} as const satisfies Record<string, FigureName>

type Asked = { readonly log: string; readonly signal: AbortSignal; readonly asOf: number; readonly query: BoundQuery }

/**
 * The audit summary of a period, as a stream of JSON text: figures first, then the complete lists, page by page, so that
 * a report of a million events takes no more memory than one of ten.
 *
 * All of it is answered at one tree size. When a page cannot be read the stream breaks off, and what arrived is not JSON.
 */
export async function auditSummary(
  questions: Questions,
  call: Call<'auditSummary'>,
  origin: string,
): Promise<Readable> {
  const { query, log, signal } = call
  const now = questions.ports.now()
  let asOf = (await questions.checkedAsOf(log, query.asOf)) ?? (await questions.ports.store.cursor(log))
  const bound = {} as Record<FigureName, BoundQuery>
  const figures = {} as Record<FigureName, Figure>
  for (const [name, figureQuery] of Object.entries(figureQueries) as [FigureName, string][]) {
    const question = questionOf(figureQuery, query)
    bound[name] = bindQuestion(question, now, 'refused').query
    const request = { query: bound[name], order: 'asc' as const, limit: 1, asOf }
    const answer = await questions.ask(signal, (store, asking) => store.search({ log }, request, asking))
    asOf = answer.asOf
    figures[name] = { value: answer.total, query: question.q, asOf, href: hrefOf(question, asOf, log) }
  }
  const summary = Object.fromEntries(
    Object.entries(figures).map(([name, { value }]) => [name, value]),
  ) as AuditSummary['summary']
  const head: Omit<AuditSummary, keyof typeof lists> = {
    period: { start: query.from, end: query.to, zone: query.zone },
    asOf,
    origin,
    generatedAt: now.toISOString(),
    summary,
    figures,
  }
  const names = query.lists === 'all' ? (Object.keys(lists) as (keyof typeof lists)[]) : []
  async function* text(): AsyncGenerator<string> {
    yield JSON.stringify(head).slice(0, -1)
    for (const name of names) {
      yield `,"${name}":[`
      yield* listText(questions, { log, signal, asOf, query: bound[lists[name]] })
      yield ']'
    }
    yield '}\n'
  }
  return Readable.from(text(), { objectMode: false })
}

async function* listText(questions: Questions, { log, signal, asOf, query }: Asked): AsyncGenerator<string> {
  let after: Position | undefined
  for (;;) {
    const request = { query, order: 'asc' as const, limit: 1000, asOf, after }
    const page = await questions.ask(signal, (store, asking) => store.search({ log }, request, asking))
    const text = page.events.map((event) => JSON.stringify(event)).join(',\n')
    if (text !== '') yield after ? `,\n${text}` : text
    const last = page.events.at(-1)
    if (!page.more || !last) return
    after = { time: last.time, index: last.index }
  }
}

function questionOf(figureQuery: string, query: Call<'auditSummary'>['query']): QuestionText {
  const { service, from, to, zone } = query
  const q = service === undefined ? figureQuery : `service:"${service.replace(/["\\]/g, '\\$&')}" AND ${figureQuery}`
  return { q, from, to, zone, include: 'audit' }
}

function hrefOf({ q, from, to, zone }: QuestionText, asOf: number, log: string): string {
  const search = new URLSearchParams({ q, from: from!, to: to!, zone, asOf: String(asOf), order: 'asc', limit: '1000' })
  if (log.endsWith('/_audit')) search.set('log', '_audit')
  return `/v1/events?${search}`
}
