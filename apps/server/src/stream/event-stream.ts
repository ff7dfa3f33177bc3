import type { ServerResponse } from 'node:http'
import type { Predicate } from '@tidemark/query'
import type { KeyHolder } from '../access/key-ring.js'
import type { RecentEvents, StreamedLog } from './recent-events.js'
import type { ShareOfTime } from './share-of-time.js'

export type StreamParts = {
  readonly log: StreamedLog
  readonly recent: RecentEvents
  readonly time: ShareOfTime
  readonly isMatch: Predicate
  readonly holder: KeyHolder
  /** First leaf to send. */
  readonly from: number
  readonly response: ServerResponse
  /** Aborts when the reader left. */
  readonly gone: AbortSignal
  /** Aborts when the server shuts down. */
  readonly closing: AbortSignal
  /** How long a reader may take nothing at all. */
  readonly stalledMs: number
}

type EndCode = 'slow_consumer' | 'shutting_down' | 'internal' | 'key_revoked'

const chunkLeaves = 128
const tickMs = 500
const beatMs = 15_000

/**
 * Sends one reader what arrives, in order, from its own place in the log.
 *
 * Nothing is buffered beyond what the socket holds: the next leaves are read when the last ones are gone. A reader that
 * lags is served at its own pace; one that stands still is told so and cut off. `id` is the leaf index, also between
 * matches, so a reader that comes back with it misses nothing.
 */
export class EventStream {
  readonly #parts: StreamParts
  #next: number
  #beatAtMs = performance.now()

  constructor(parts: StreamParts) {
    this.#parts = parts
    this.#next = parts.from
  }

  /** Runs until the reader leaves, is cut off, or the server shuts down. Never rejects. */
  async run(): Promise<void> {
    const { response } = this.#parts
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    response.write(': Tidemark stream\nretry: 1000\n\n')
    try {
      const code = await this.#feed()
      if (code && !response.destroyed) this.#end(code)
      else response.destroy()
    } catch {
      if (!response.destroyed) this.#end('internal')
    }
  }

  /** Gives why the stream has to end; undefined when the reader left. */
  async #feed(): Promise<EndCode | undefined> {
    const { log, response, holder, closing } = this.#parts
    while (!response.destroyed && !this.#parts.gone.aborted) {
      if (closing.aborted) return 'shutting_down'
      if (!holder.isLive()) return 'key_revoked'
      if (response.writableNeedDrain && !(await this.#drained()))
        return response.destroyed ? undefined : 'slow_consumer'
      if (this.#next < log.size) await this.#parts.time.run(() => this.#sendChunk())
      else await this.#commitOrTick()
      if (performance.now() - this.#beatAtMs > beatMs) this.#write(`: still here\nid: ${this.#next - 1}\n\n`)
    }
    return undefined
  }

  async #sendChunk(): Promise<void> {
    const { log, recent, isMatch, response } = this.#parts
    const to = Math.min(this.#next + chunkLeaves, log.size)
    for (const leaf of await recent.read(this.#next, to)) {
      if (leaf.event && isMatch(leaf.event)) {
        leaf.json ??= JSON.stringify(leaf.event)
        this.#write(`id: ${leaf.index}\nevent: audit\ndata: ${leaf.json}\n\n`)
      }
      this.#next = leaf.index + 1
      if (response.writableNeedDrain) return
    }
  }

  #write(text: string): void {
    this.#beatAtMs = performance.now()
    this.#parts.response.write(text)
  }

  /** Whether the reader took what it was sent, within the time it has. */
  #drained(): Promise<boolean> {
    const { response, closing, stalledMs } = this.#parts
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        response.off('drain', done).off('close', done)
        closing.removeEventListener('abort', done)
        resolve(!response.writableNeedDrain && !response.destroyed)
      }
      const timer = setTimeout(done, stalledMs)
      response.once('drain', done).once('close', done)
      closing.addEventListener('abort', done)
    })
  }

  /** Waits for new leaves, at most a tick, so that a revoked key or a shutdown is seen soon. */
  #commitOrTick(): Promise<void> {
    const { log, closing } = this.#parts
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        forget()
        closing.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, tickMs)
      const forget = log.onCommitted(done)
      closing.addEventListener('abort', done)
    })
  }

  #end(code: EndCode): void {
    const end = { code, detail: wordsOf[code], at: new Date().toISOString() }
    this.#parts.response.end(`event: problem\ndata: ${JSON.stringify(end)}\n\n`)
  }
}

const wordsOf: Readonly<Record<EndCode, string>> = {
  slow_consumer: 'Nothing was read for too long. Reconnect with Last-Event-ID and nothing is missed',
  shutting_down: 'The server is shutting down. Reconnect with Last-Event-ID and nothing is missed',
  internal: 'Something failed here. Reconnect with Last-Event-ID and nothing is missed',
  key_revoked: 'The API key is not valid any more',
}
