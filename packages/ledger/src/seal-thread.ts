import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { LedgerError } from './ledger-error.js'
import type { SealedRange } from './seal.js'
import type { SealAnswer, SealRequest } from './seal-request.js'

/**
 * Seals in a thread of its own, one WAL after the other, so that intake goes on meanwhile. One serves all logs of a
 * process; it is started when first needed and does not keep the process alive.
 */
export class SealThread {
  #worker: Worker | undefined
  #last: Promise<unknown> = Promise.resolve()

  /** As `sealWal`, with the operating system's files. */
  seal(request: SealRequest): Promise<SealedRange> {
    const sealed = this.#last.then(() => this.#ask(request))
    this.#last = sealed.catch(() => undefined)
    return sealed
  }

  /** Waits for what was asked and ends the thread. */
  async close(): Promise<void> {
    await this.#last
    await this.#worker?.terminate()
    this.#worker = undefined
  }

  async #ask(request: SealRequest): Promise<SealedRange> {
    const worker = this.#worker ?? new Worker(WORKER_FILE, WORKER_OPTIONS)
    this.#worker = worker
    worker.ref()
    worker.postMessage(request)
    const answer = await this.#answerOf(worker)
    worker.unref()
    if ('range' in answer) return answer.range
    const { code, message, ...detail } = answer.refusal
    throw new LedgerError(code, message, detail)
  }

  /** A thread that died, say of too little memory, is replaced at the next request. */
  async #answerOf(worker: Worker): Promise<SealAnswer> {
    const ended = new AbortController()
    const exit = once(worker, 'exit', { signal: ended.signal }).then(() => {
      throw new LedgerError('failed', 'the sealing thread ended before it answered')
    })
    try {
      const [answer] = await Promise.race([once(worker, 'message', { signal: ended.signal }), exit])
      return answer
    } catch (cause) {
      this.#worker = undefined
      throw cause
    } finally {
      ended.abort()
      exit.catch(() => undefined)
    }
  }
}

/** From source, as in tests, the thread runs what was built last, with none of the flags that make sources importable. */
const isSource = import.meta.url.endsWith('.ts')
const WORKER_FILE = new URL(isSource ? '../dist/seal-worker.js' : './seal-worker.js', import.meta.url)
const WORKER_OPTIONS = isSource ? { execArgv: [] } : {}
