import { setTimeout as wait } from 'node:timers/promises'

/**
 * Runs pieces of work one after another and rests as long as each took: whatever it is given, half of the time is left
 * to others. For work that may lag, such as feeding live streams.
 */
export class ShareOfTime {
  #last: Promise<unknown> = Promise.resolve()

  run<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(async () => {
      const startedAt = performance.now()
      try {
        return await work()
      } finally {
        const tookMs = performance.now() - startedAt
        this.#rest = tookMs < 1 ? Promise.resolve() : wait(tookMs)
      }
    })
    this.#last = mine.catch(() => undefined).then(() => this.#rest)
    return mine
  }
  #rest: Promise<void> = Promise.resolve()
}
