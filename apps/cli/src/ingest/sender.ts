import { setTimeout as wait } from 'node:timers/promises'
import type { MapRefusal } from '@tidemark/formats'
import { ApiProblem, type IngestAnswer, type IngestParameters, type TidemarkClient } from '@tidemark/wire'

/** Events that travel in one request. */
export type Batch = {
  /** NDJSON. */
  readonly body: string
  /** What its lines are. */
  readonly format: IngestParameters['format']
  /** Why some of its records could not be mapped, by their place in the batch. */
  readonly refusals: ReadonlyMap<number, MapRefusal>
  readonly events: number
  /** Number of its first event in the input, from 0. */
  readonly firstRecord: number
  /** Where its first record began and its last one ended in the input. */
  readonly start: number
  readonly end: number
}

export type SenderOptions = {
  readonly client: TidemarkClient
  readonly signal: AbortSignal
  /** Value of `source.service` for events that name none. */
  readonly service?: string | undefined
  /** How long to go on trying when nothing gets through, ms. */
  readonly patienceMs: number
  /** Told before each pause. */
  readonly onPause?: (problem: ApiProblem, pauseMs: number) => void
}

/**
 * Sends one batch and answers when it is acknowledged.
 *
 * A busy server, a lost connection and an interrupted body are tried again, with growing pauses, until `patienceMs` is
 * over: the events carry ids, so that what did arrive is not stored twice. Any other refusal is thrown.
 */
export async function sendBatch(batch: Batch, options: SenderOptions): Promise<IngestAnswer> {
  const { client, signal, service, patienceMs } = options
  const startMs = performance.now()
  for (let attempt = 0; ; attempt++) {
    try {
      const gzip = !isLocal(client.url)
      const asked = { receipts: 'none' as const, format: batch.format, ...(service && { service }) }
      return await client.ingest(batch.body, { ...asked, gzip, signal })
    } catch (error) {
      if (!(error instanceof ApiProblem) || !mayPass(error)) throw error
      const backoffMs = Math.min(250 * 2 ** attempt, 15_000) * (0.75 + 0.5 * Math.random())
      const pauseMs = Math.max(backoffMs, error.retryAfterMs ?? 0)
      if (performance.now() - startMs + pauseMs > patienceMs) throw error
      options.onPause?.(error, pauseMs)
      await wait(pauseMs, undefined, { signal })
    }
  }
}

/** Whether trying again can change the answer. */
function mayPass({ code, status }: ApiProblem): boolean {
  return (
    status === 503 || status === 429 || code === 'unreachable' || code === 'body_incomplete' || code === 'body_timeout'
  )
}

/** Compressing for a server on this machine costs more than it saves. */
const isLocal = (url: string) => /^https?:\/\/(127\.|localhost[:/]|\[::1\])/.test(url)
