import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Asking, LoadRefused, QueryRefused } from '@tidemark/store'
import { setIndexAside } from './index-database.js'
import { PendingCalls } from './pending-calls.js'
import type { FromIndex, IndexCalls, IndexMethod, IndexSettings, IndexStatus } from './protocol.js'

/** What happens to the index process, for logs and health. */
export type IndexReport =
  | { readonly kind: 'up'; readonly status: IndexStatus }
  | { readonly kind: 'down'; readonly reason: string; readonly retryMs: number }
  | { readonly kind: 'set_aside'; readonly file: string; readonly reason: string }

/**
 * The process that holds the index, seen from the one that asks.
 *
 * When it dies, by a crash, too much memory or somebody's kill, what it was asked is refused as `busy` and it is started
 * again, after a pause that doubles while it keeps dying.
 */
export class IndexProcess {
  restarts = 0
  #state: 'down' | 'up' | 'closed' = 'down'
  readonly #settings: IndexSettings
  readonly #report: (report: IndexReport) => void
  #calls = new PendingCalls(() => {})
  #child: ChildProcess | undefined
  #lastWords = ''
  #pauseMs = FIRST_PAUSE_MS
  #upSince = 0
  readonly #closing = new AbortController()

  constructor(settings: IndexSettings, report: (report: IndexReport) => void) {
    this.#settings = settings
    this.#report = report
  }

  get state(): 'down' | 'up' | 'closed' {
    return this.#state
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /**
   * Starts the process and opens the index. Tried a few times, since the process of a server that died a moment ago may
   * still hold the file; rejects with what went wrong the last time.
   */
  async start(): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#launch()
      } catch (error) {
        if (tries === FIRST_TRIES) throw error
        await this.#pause()
      }
    }
  }

  /** Asks for something; refused as `busy` while the process is not there. */
  call<M extends IndexMethod>(
    method: M,
    params: IndexCalls[M]['params'],
    asking: Asking = {},
  ): Promise<IndexCalls[M]['answer']> {
    if (this.#state !== 'up') return Promise.reject(busy(method, 'the index is not running'))
    return this.#calls.make(method, params, asking)
  }

  /** Ends the process for good, without waiting for what it is at. */
  async stop(): Promise<void> {
    this.#state = 'closed'
    this.#closing.abort()
    if (this.#child) await ended(this.#child)
  }

  async #launch(): Promise<void> {
    const child = startChild(this.#settings)
    this.#child = child
    this.#lastWords = ''
    this.#calls = new PendingCalls((message) => child.connected && child.send(message))
    child.stderr?.on('data', (words) => {
      this.#lastWords = `${this.#lastWords}${words}`.slice(-LAST_WORDS)
    })
    child.on('message', (message: FromIndex) => this.#receive(message))
    child.on('error', () => child.kill('SIGKILL'))
    child.on('exit', (code, signal) => this.#died(signal ?? `code ${code}`))
    try {
      const status = await this.#calls.make('open', this.#settings, {})
      if (this.#state === 'closed') return await ended(child)
      this.#state = 'up'
      this.#upSince = performance.now()
      if (status.setAside) this.#report({ kind: 'set_aside', file: status.setAside, reason: 'it could not be opened' })
      this.#report({ kind: 'up', status })
    } catch (error) {
      await ended(child)
      throw error
    }
  }

  #receive(message: FromIndex): void {
    const failure = message.kind === 'refusal' && message.refusal.of === 'failure' ? message.refusal : null
    this.#calls.settle(message)
    if (!failure || failure.remedy === 'none' || this.#state !== 'up') return
    this.#lastWords = failure.message
    const { file } = this.#settings
    if (failure.remedy === 'rebuild') {
      this.#child!.prependOnceListener('exit', () => {
        this.#report({ kind: 'set_aside', file: setIndexAside(file), reason: failure.message })
      })
    }
    this.#child!.kill('SIGKILL')
  }

  #died(how: string): void {
    const reason = `the index process ended (${how}) ${this.#lastWords}`.trim()
    this.#calls.refuseAll((method) => busy(method, reason))
    if (this.#state !== 'up') return
    this.#state = 'down'
    if (performance.now() - this.#upSince > STABLE_MS) this.#pauseMs = FIRST_PAUSE_MS
    void this.#relaunch(reason)
  }

  async #relaunch(reason: string): Promise<void> {
    this.#report({ kind: 'down', reason, retryMs: this.#pauseMs })
    await this.#pause()
    if (this.#state === 'closed') return
    this.restarts++
    try {
      await this.#launch()
    } catch (error) {
      void this.#relaunch(error instanceof Error ? error.message : String(error))
    }
  }

  async #pause(): Promise<void> {
    const pauseMs = this.#pauseMs
    this.#pauseMs = Math.min(pauseMs * 2, LAST_PAUSE_MS)
    await sleep(pauseMs, undefined, { signal: this.#closing.signal }).catch(() => {})
  }
}

/** The child's program, always from dist: child processes know nothing of the tools that run TypeScript as it is. */
const entry = fileURLToPath(import.meta.url).endsWith('.ts')
  ? fileURLToPath(new URL('../dist/index-child.js', import.meta.url))
  : fileURLToPath(new URL('./index-child.js', import.meta.url))

const FIRST_PAUSE_MS = 100
const LAST_PAUSE_MS = 10_000
const FIRST_TRIES = 4
/** A process that lived this long did not die of how it starts. */
const STABLE_MS = 60_000
const LAST_WORDS = 2_000

/**
 * The child knows nothing of our environment, which may hold secrets. It needs a thread for each connection that can be
 * at work.
 */
function startChild({ readers }: IndexSettings): ChildProcess {
  const env = { UV_THREADPOOL_SIZE: String(readers * 2 + SPARE_THREADS) }
  return fork(entry, { serialization: 'advanced', execArgv: [], env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
}

/** For the loader, and for file work. */
const SPARE_THREADS = 4

function busy(method: IndexMethod, message: string): Error {
  return method === 'load' ? new LoadRefused('busy', -1, message) : new QueryRefused('busy', message)
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}
