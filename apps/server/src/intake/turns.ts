import { performance } from 'node:perf_hooks'

const longestTurnMs = 8

/**
 * Hands out turns on the event loop: one long job at a time, a few milliseconds each, sockets served in between.
 *
 * Without it, four large bodies prepared at once would each take their slice before anyone else is answered.
 */
export class Turns {
  readonly #waiting: (() => void)[] = []
  #taken = false

  /** Waits for a turn. Whoever got one must call `pass` on it until it is done, then `end`. */
  async begin(): Promise<Turn> {
    if (this.#taken) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#taken = true
    let startedAt = performance.now()
    return {
      pass: async () => {
        if (performance.now() - startedAt < longestTurnMs) return
        const again = new Promise<void>((resolve) => this.#waiting.push(resolve))
        this.#next()
        await again
        startedAt = performance.now()
      },
      end: () => this.#next(),
    }
  }

  #next(): void {
    const next = this.#waiting.shift()
    if (next) setImmediate(next)
    else this.#taken = false
  }
}

export type Turn = {
  /** Gives others a chance when this turn was long enough; cheap when it was not. */
  readonly pass: () => Promise<void>
  readonly end: () => void
}
