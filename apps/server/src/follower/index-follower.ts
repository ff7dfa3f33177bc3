import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '@tidemark/ledger'
import { type EventStore, type LoadBatch, LoadRefused } from '@tidemark/store'
import type { Logger } from 'pino'
import { sealedLines } from './sealed-lines.js'

type FollowedLog = Pick<Log, 'size' | 'onCommitted' | 'walSlices' | 'records' | 'follow'>

const sliceBytes = 8 * 1024 * 1024
/** Leaves read back from sealed files for one load. */
const sealedLeaves = 16_384
/** Loads begin at most this often, so that a trickle of events does not become a flood of transactions. */
const betweenLoadsMs = 200
const firstPauseMs = 100
const longestPauseMs = 5000

/**
 * Keeps the index up to date with one log, at its own pace: nothing it does, or fails to do, touches intake.
 *
 * It asks the index how far it got, hands it the following lines of the write-ahead log (read back from sealed files
 * where those are gone), and starts over whenever the index says something else than expected.
 */
export class IndexFollower {
  readonly #name: string
  readonly #log: FollowedLog
  readonly #store: EventStore
  readonly #logger: Logger
  readonly #stopping = new AbortController()
  #loaded = 0
  #running: Promise<void> | undefined
  #lastLoadMs = 0

  constructor(name: string, log: FollowedLog, store: EventStore, logger: Logger) {
    this.#name = name
    this.#log = log
    this.#store = store
    this.#logger = logger
  }

  /** Leaves the index has loaded, as far as this follower knows. */
  get loaded(): number {
    return Math.min(this.#loaded, this.#log.size)
  }

  /** Durable leaves the index does not have yet. */
  get lag(): number {
    return this.#log.size - this.loaded
  }

  start(): void {
    this.#running ??= this.#run()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    let pauseMs = firstPauseMs
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#follow(() => {
          pauseMs = firstPauseMs
        })
      } catch (error) {
        if (this.#stopping.signal.aborted) return
        const isExpected = error instanceof LoadRefused && error.code !== 'unreadable'
        const why = isExpected ? { reason: error.message } : { err: error }
        this.#logger[isExpected ? 'info' : 'warn']({ log: this.#name, ...why, pauseMs }, 'index did not take a batch')
        await this.#pause(pauseMs)
        pauseMs = Math.min(pauseMs * 2, longestPauseMs)
      }
    }
  }

  async #follow(onProgress: () => void): Promise<void> {
    const mark = await this.#log.follow('index')
    this.#loaded = await this.#store.cursor(this.#name)
    mark.advance(this.#loaded)
    while (!this.#stopping.signal.aborted) {
      for await (const batch of this.#batches(this.#loaded)) {
        await this.#pause(this.#lastLoadMs + betweenLoadsMs - performance.now())
        if (this.#stopping.signal.aborted) return
        this.#lastLoadMs = performance.now()
        await this.#store.load(batch)
        this.#loaded = batch.end
        mark.advance(batch.end)
        onProgress()
        if (batch.end < this.#log.size) this.#lastLoadMs = 0
      }
      await this.#nextCommit()
    }
  }

  /** Everything durable from leaf `from` on, in batches for the index. */
  async *#batches(from: number): AsyncGenerator<LoadBatch> {
    let next = from
    for await (const { path, startByte, endByte, first, end } of this.#log.walSlices(from, sliceBytes)) {
      yield* this.#sealedBatches(next, first)
      yield { log: this.#name, first, end, source: { path, start: startByte, end: endByte } }
      next = end
    }
  }

  async *#sealedBatches(from: number, to: number): AsyncGenerator<LoadBatch> {
    for (let first = from; first < to; first += sealedLeaves) {
      const end = Math.min(first + sealedLeaves, to)
      yield { log: this.#name, first, end, source: { bytes: await sealedLines(this.#log.records(first, end)) } }
    }
  }

  #nextCommit(): Promise<void> {
    const { signal } = this.#stopping
    return new Promise((resolve) => {
      if (this.#log.size > this.#loaded || signal.aborted) return resolve()
      const done = () => {
        forget()
        signal.removeEventListener('abort', done)
        resolve()
      }
      const forget = this.#log.onCommitted(done)
      signal.addEventListener('abort', done)
    })
  }

  async #pause(ms: number): Promise<void> {
    if (ms > 0) await wait(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
  }
}
