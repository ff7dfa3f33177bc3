import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { EventStore } from '@tidemark/store'
import { openDuckDbStore } from '@tidemark/store-duckdb'
import type { Logger } from 'pino'
import type { Config } from '../config/config.js'
import type { OpenedLog, TenantLogs } from '../installation/tenant-logs.js'
import { absentIndex } from './absent-index.js'
import { IndexFollower } from './index-follower.js'

/** What the server needs of an index driver beside answers. */
export type IndexDriver = {
  readonly store: EventStore
  health(): 'up' | 'down'
  /** Starts over with an empty index. */
  rebuild(): Promise<void>
}

/** The driver this installation uses. The only place that names one. */
export async function openIndexDriver(config: Config, file: string, logger: Logger): Promise<IndexDriver> {
  if (config.role === 'door') return { store: absentIndex(), health: () => 'down', rebuild: async () => undefined }
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const store = await openDuckDbStore({
    file,
    memoryLimitMb: Math.max(256, Math.floor(config.queryMemory / 1024 ** 2)),
    threads: config.queryThreads,
    readers: config.queries,
    timeoutMs: config.queryTimeoutMs,
    report: (report) => logger[report.kind === 'up' ? 'info' : 'warn'](report, `index ${report.kind}`),
  })
  return { store, health: () => (store.health().state === 'up' ? 'up' : 'down'), rebuild: () => store.rebuild() }
}

/** The index of all logs: one follower each, and how far they are. */
export class EventIndex {
  readonly #driver: IndexDriver
  readonly #logger: Logger
  readonly #followers = new Map<string, IndexFollower>()

  /** `isOff`: this process runs no index and follows nothing. */
  constructor(
    driver: IndexDriver,
    logger: Logger,
    readonly isOff = false,
  ) {
    this.#driver = driver
    this.#logger = logger
  }

  get store(): EventStore {
    return this.#driver.store
  }

  /** Follows every log that is open or will be. */
  async follow(logs: TenantLogs): Promise<void> {
    if (!this.isOff) await logs.eachOpened((opened) => this.#start(opened))
  }

  /** Leaves of a log the index has loaded. */
  loaded(log: string): number {
    return this.#followers.get(log)?.loaded ?? 0
  }

  /** Durable leaves of all logs that the index does not have yet. */
  get lag(): number {
    return [...this.#followers.values()].reduce((sum, follower) => sum + follower.lag, 0)
  }

  get health(): 'ok' | 'behind' | 'down' | 'off' {
    if (this.isOff) return 'off'
    if (this.#driver.health() === 'down') return 'down'
    return this.lag > behindLeaves ? 'behind' : 'ok'
  }

  /** Throws everything away; the followers load it again. */
  rebuild(): Promise<void> {
    return this.#driver.rebuild()
  }

  async close(): Promise<void> {
    await Promise.all([...this.#followers.values()].map((follower) => follower.stop()))
    await this.#driver.store.close()
  }

  #start({ name, log }: OpenedLog): void {
    if (this.#followers.has(name)) return
    const follower = new IndexFollower(name, log, this.#driver.store, this.#logger)
    this.#followers.set(name, follower)
    follower.start()
  }
}

const behindLeaves = 100_000
