import type { LogParts } from './log-parts.js'
import type { Publisher } from './publisher.js'
import type { Tree } from './tree.js'
import type { WalRetirement } from './wal-retirement.js'

/** How often the log looks after itself, in milliseconds; `publishMs` 0 = never, the caller does it. */
export type LogRounds = {
  /** A grown tree is signed this often. */
  readonly publishMs: number
  /** A tree that did not grow is signed again this often. */
  readonly heartbeatMs: number
}

export const defaultRounds: LogRounds = { publishMs: 1_000, heartbeatMs: 60_000 }

/** What has to be looked after while a log is open. */
export type RoundsParts = {
  readonly tree: Tree
  readonly publisher: Publisher
  readonly retirement: WalRetirement
  readonly report: LogParts['report']
}

/** Signs the tree and retires WAL files from time to time. */
export class Rounds {
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  #sinceSignedMs = 0

  constructor(
    readonly every: LogRounds,
    readonly parts: RoundsParts,
  ) {}

  start(): void {
    if (this.every.publishMs === 0) return
    this.#timer = setTimeout(() => {
      this.#running = this.#round().finally(() => {
        if (this.#timer) this.start()
      })
    }, this.every.publishMs).unref()
  }

  /** Resolves when the last round is over. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#running
  }

  async #round(): Promise<void> {
    const { publisher, tree, retirement } = this.parts
    this.#sinceSignedMs += this.every.publishMs
    const hasGrown = publisher.checkpoint?.size !== tree.size
    if (hasGrown || this.#sinceSignedMs >= this.every.heartbeatMs) await this.sign()
    await retirement.run()
  }

  /** Signs the tree; that it failed is reported, and it is tried again in the next round. */
  async sign(): Promise<void> {
    try {
      await this.parts.publisher.publish()
      this.#sinceSignedMs = 0
    } catch (cause) {
      this.parts.report({ code: 'publish_failed', message: `no checkpoint could be published: ${cause}`, cause })
    }
  }
}
