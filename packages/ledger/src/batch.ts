import type { PreparedEvent } from '@tidemark/event'
import type { AppendResult } from './receipt.js'

/** A record of the log about itself; `body` is RFC 8785 text. */
export class ControlItem {
  constructor(
    readonly kind: string,
    readonly body: string,
  ) {}
}

/** An item that repeats the id of an earlier leaf: place in the batch, and that leaf. */
export type Repeat = { readonly place: number; readonly index: number }

/** What one caller handed in together, on its way to the disk. It is answered once, as a whole. */
export class Batch {
  readonly results: AppendResult[]
  readonly repeats: Repeat[] = []
  readonly answer: Promise<AppendResult[]>
  /** How many items have been placed. */
  placed = 0
  /** What the sealed ids said about the item at `place`, when that took the disk. */
  lookedUp: { readonly place: number; readonly index: number | undefined } | null = null
  /** Roughly the memory it holds, in bytes. */
  readonly weight: number
  #resolve!: (results: AppendResult[]) => void
  #reject!: (error: unknown) => void

  /**
   * `items` is the caller's array and is emptied as its events are placed: an event in the group's buffer has no more use
   * for its texts, and the fewer survive until the disk answers, the less the garbage collector has to carry.
   */
  constructor(readonly items: (PreparedEvent | ControlItem | null)[]) {
    this.results = new Array(items.length)
    this.weight = items.reduce((sum, item) => sum + weightOf(item!), 0)
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  /** Notes what became of the next item and lets go of it. */
  settle(result: AppendResult): void {
    this.items[this.placed] = null
    this.results[this.placed++] = result
  }

  succeed(): void {
    this.#resolve(this.results)
  }

  fail(error: unknown): void {
    this.#reject(error)
  }
}

const OVERHEAD_BYTES = 400

const weightOf = (item: PreparedEvent | ControlItem): number =>
  item instanceof ControlItem
    ? item.body.length + OVERHEAD_BYTES
    : item.core.length + item.personal.length + item.content.length + OVERHEAD_BYTES
