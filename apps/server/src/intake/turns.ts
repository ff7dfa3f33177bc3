import { performance } from 'node:perf_hooks'

/** After this long others on the event loop get a chance. */
const sliceMs = 8
/** After this long another body gets the turn. Short enough to be fair, long enough for most bodies to be done. */
const turnMs = 60

/**
 * Hands out turns on the event loop: one long job at a time, sockets served in between every few milliseconds.
 *
 * A job keeps its turn until most are done, since what is half prepared is what the garbage collector has to carry: four
 * bodies prepared slice by slice in turn cost it twice as much as one after the other.
 */
export class Turns {
  readonly #waiting: (() => void)[] = []
  #taken = false

  /** Waits for a turn. Whoever got one must call `pass` on it until it is done, then `end`. */
  async begin(): Promise<Turn> {
    if (this.#taken) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#taken = true
    let startedAt = performance.now()
    let sliceAt = startedAt
    return {
      pass: async () => {
        const now = performance.now()
        if (now - sliceAt < sliceMs) return
        sliceAt = now
        if (now - startedAt < turnMs || this.#waiting.length === 0)
          return new Promise((resolve) => setImmediate(resolve))
        const again = new Promise<void>((resolve) => this.#waiting.push(resolve))
        this.#next()
        await again
        startedAt = performance.now()
        sliceAt = startedAt
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
