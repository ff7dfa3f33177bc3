type Waiting<Item, Result> = { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void }

/** Collects what is submitted while a commit runs and hands it to the next one together: one disk write for many. */
export class GroupCommit<Item, Result> {
  readonly #commit: (items: Item[]) => Promise<Result[]>
  #waiting: Waiting<Item, Result>[] = []
  #running: Promise<void> | undefined

  /** `commit` gives one result per item in order, or throws for all of them. Never runs twice at once. */
  constructor(commit: (items: Item[]) => Promise<Result[]>) {
    this.#commit = commit
  }

  submit(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      this.#running ??= this.#run()
    })
  }

  /** Resolves when everything submitted so far is decided. */
  async settled(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting
      this.#waiting = []
      try {
        const results = await this.#commit(batch.map(({ item }) => item))
        for (const [i, { resolve }] of batch.entries()) resolve(results[i]!)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    this.#running = undefined
  }
}
