import { setTimeout as wait } from 'node:timers/promises'
import { ApiProblem } from './api-problem.js'
import type { EventAnswer } from './audit-event.js'
import { readServerSentEvents } from './sse.js'

export type StreamOptions = {
  readonly signal?: AbortSignal
  /** Leaf index of the last event already seen; the next one follows it. */
  readonly lastEventId?: string
  /** First pause before a lost connection is tried again; doubles up to 30 s. */
  readonly retryMs?: number
  /** Told of every lost connection before the pause. */
  readonly onReconnect?: (cause: unknown) => void
}

type Open = (headers: Headers, signal: AbortSignal | undefined) => Promise<Response>

const longestPauseMs = 30_000

/**
 * Events of a stream, over as many connections as it takes.
 *
 * A refusal that trying again cannot change (status 4xx) is thrown; anything else is retried from the last event seen.
 */
export async function* streamEvents(open: Open, options: StreamOptions): AsyncGenerator<EventAnswer> {
  const { signal, retryMs = 500 } = options
  let lastEventId = options.lastEventId ?? ''
  let pauseMs = retryMs
  while (!signal?.aborted) {
    try {
      const headers = new Headers({ accept: 'text/event-stream', ...(lastEventId && { 'last-event-id': lastEventId }) })
      const response = await open(headers, signal)
      for await (const { id, type, data } of readServerSentEvents(response.body!)) {
        if (signal?.aborted) return
        pauseMs = retryMs
        lastEventId = id || lastEventId
        if (type === 'audit') yield JSON.parse(data) as EventAnswer
      }
      options.onReconnect?.(undefined)
    } catch (error) {
      if (signal?.aborted) return
      if (error instanceof ApiProblem && error.status >= 400 && error.status < 500) throw error
      options.onReconnect?.(error)
    }
    await wait(pauseMs, undefined, signal ? { signal } : {}).catch(() => undefined)
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }
}
