import { RequestProblem } from '../http/request-problem.js'

/**
 * Bytes all requests together may hold in memory. A request takes as it reads and gives everything back at its end;
 * when nothing is left the request is refused as `overloaded`, before the memory is gone.
 */
export class ByteBudget {
  readonly #limit: number
  #used = 0
  #refusals = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get used(): number {
    return this.#used
  }

  /** How many requests were refused since the start. */
  get refusals(): number {
    return this.#refusals
  }

  /** A share for one request. */
  open(): ByteShare {
    let taken = 0
    return {
      take: (bytes) => {
        if (this.#used + bytes > this.#limit) {
          this.#refusals += 1
          throw new RequestProblem(
            'overloaded',
            'Too many bytes are being taken in at once; none of this request was stored',
            {
              retryAfterSeconds: 1,
            },
          )
        }
        this.#used += bytes
        taken += bytes
      },
      release: () => {
        this.#used -= taken
        taken = 0
      },
    }
  }
}

/** What one request holds of the budget. */
export type ByteShare = {
  /** Throws `RequestProblem` `overloaded` when the budget has less. */
  readonly take: (bytes: number) => void
  readonly release: () => void
}
