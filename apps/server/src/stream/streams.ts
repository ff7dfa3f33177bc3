import { predicateOf } from '@tidemark/query'
import type { Call } from '../http/call.js'
import { RequestProblem } from '../http/request-problem.js'
import { bindQuestion } from '../questions/bind-question.js'
import { EventStream } from './event-stream.js'
import { RecentEvents, type StreamedLog } from './recent-events.js'
import { ShareOfTime } from './share-of-time.js'

export type StreamPorts = {
  readonly logOf: (log: string) => Promise<StreamedLog>
  readonly now: () => Date
  /** Streams open at once. */
  readonly most: number
  /** How long a reader may take nothing at all; default 30 s. */
  readonly stalledMs?: number
}

/** All event streams of a server. */
export class Streams {
  readonly #ports: StreamPorts
  readonly #recent = new Map<string, RecentEvents>()
  readonly #time = new ShareOfTime()
  readonly #closing = new AbortController()
  readonly #open = new Set<Promise<void>>()

  constructor(ports: StreamPorts) {
    this.#ports = ports
  }

  get open(): number {
    return this.#open.size
  }

  /** Answers `GET /v1/stream`; resolves once the stream runs. */
  async serve(call: Call<'stream'>): Promise<void> {
    const { query, log: name, holder, request, reply, signal: gone } = call
    if (this.#open.size >= this.#ports.most) {
      throw new RequestProblem('overloaded', `${this.#open.size} streams are open, more are not served`, {
        retryAfterSeconds: 5,
      })
    }
    const isMatch = predicateOf(bindQuestion(query, this.#ports.now(), 'refused').query)
    const log = await this.#ports.logOf(name)
    const from = firstLeaf(request.headers['last-event-id'], query.since, log.size)
    reply.hijack()
    const { stalledMs = 30_000 } = this.#ports
    const parts = { log, recent: this.#recentOf(name, log), time: this.#time, isMatch, holder, from }
    const running = new EventStream({
      ...parts,
      response: reply.raw,
      gone,
      closing: this.#closing.signal,
      stalledMs,
    }).run()
    this.#open.add(running)
    void running.finally(() => this.#open.delete(running))
  }

  /** Ends every stream with a word of goodbye. */
  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all(this.#open)
  }

  #recentOf(name: string, log: StreamedLog): RecentEvents {
    const recent = this.#recent.get(name) ?? new RecentEvents(name, log)
    this.#recent.set(name, recent)
    return recent
  }
}

/** Behind the last event the reader saw; else where it asks to begin; else only what is new. */
function firstLeaf(lastEventId: string | string[] | undefined, since: number | undefined, size: number): number {
  if (lastEventId === undefined || lastEventId === '') return Math.min(since ?? size, size)
  const last = typeof lastEventId === 'string' && /^[0-9]{1,15}$/.test(lastEventId) ? Number(lastEventId) : undefined
  if (last !== undefined && last < size) return last + 1
  throw new RequestProblem('invalid_parameter', `Last-Event-ID: expected a leaf index below ${size}`, {
    parameter: 'Last-Event-ID',
  })
}
