import type { Asking, EventStore } from '@tidemark/store'
import type { EventsPage } from '@tidemark/wire'
import type { Call } from '../http/call.js'
import { RequestProblem } from '../http/request-problem.js'
import { bindQuestion, type QuestionText } from './bind-question.js'
import type { Cursors } from './cursor.js'

export type QuestionPorts = {
  readonly store: EventStore
  readonly cursors: Cursors
  readonly now: () => Date
  readonly queryTimeoutMs: number
  /** Leaves of a log now. */
  readonly treeSizeOf: (log: string) => Promise<number>
}

/** Answers questions about single events and pages of them. */
export class Questions {
  constructor(readonly ports: QuestionPorts) {}

  async search(call: Call<'searchEvents'>): Promise<EventsPage> {
    const { cursors, now, treeSizeOf } = this.ports
    const { query, log } = call
    const { cursor, limit, order } = query
    const same = [log, query.q, query.from, query.to, query.zone, query.include, order, query.asOf]
    const pageEnd = cursor === undefined ? undefined : cursors.read(cursor, same)
    const asOf = pageEnd?.asOf ?? (await this.checkedAsOf(log, query.asOf))
    const nowMs = pageEnd?.nowMs ?? (isRelative(query) ? now().getTime() : 0)
    const question = bindQuestion(query, new Date(nowMs), 'refused')
    const request = { query: question.query, order, limit, asOf, after: pageEnd?.after }
    const answer = await this.ask(call.signal, (store, asking) => store.search({ log }, request, asking))
    const last = answer.events.at(-1)
    const isMore = answer.more && last !== undefined
    return {
      events: answer.events as unknown as EventsPage['events'],
      total: answer.total,
      cursor: isMore
        ? cursors.write({ after: { time: last.time, index: last.index }, asOf: answer.asOf, nowMs }, same)
        : null,
      asOf: answer.asOf,
      treeSize: await treeSizeOf(log),
      query: question.text,
    }
  }

  async event(call: Call<'getEvent'>): Promise<unknown> {
    const event = await this.find(call.log, call.path.id, call.signal)
    if (!event)
      throw new RequestProblem('not_found', 'The index has no such event; a new one takes a moment to get there')
    return event
  }

  /** By id, or by leaf index when the text is a number. */
  find(log: string, id: string, signal: AbortSignal) {
    const index = /^(0|[1-9][0-9]{0,14})$/.test(id) ? Number(id) : undefined
    return this.ask(signal, (store, asking) =>
      index === undefined ? store.get({ log }, id.toLowerCase(), asking) : store.byIndex({ log }, index, asking),
    )
  }

  /** Asks the store with the limits every question has. */
  ask<T>(signal: AbortSignal, question: (store: EventStore, asking: Asking) => Promise<T>): Promise<T> {
    const { store, queryTimeoutMs } = this.ports
    return question(store, { signal, timeoutMs: queryTimeoutMs })
  }

  /** The tree size a question names, when the log has reached it. */
  async checkedAsOf(log: string, asOf: number | undefined): Promise<number | undefined> {
    if (asOf === undefined) return undefined
    const treeSize = await this.ports.treeSizeOf(log)
    if (asOf <= treeSize) return asOf
    throw new RequestProblem('invalid_parameter', `asOf: the log has ${treeSize} leaves`, { parameter: 'asOf' })
  }
}

/** Whether the question may count time from now. Saying so too often only makes cursors differ that need not. */
const isRelative = ({ q, from = '', to = '' }: QuestionText) =>
  /\bnow\b|\d(s|m|h|d|w|mo|y)\b/i.test(`${q} ${from} ${to}`)
