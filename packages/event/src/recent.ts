/**
 * Remembers answers about texts that come again and again, in bounded memory.
 *
 * Holds the last `entries` texts used, give or take half; longer texts than `longest` are not remembered. Two maps take
 * turns: when the newer one is half full it becomes the older one, and what was not asked for since is forgotten.
 */
export class Recent<V> {
  private newer = new Map<string, V>()
  private older = new Map<string, V>()

  constructor(
    private readonly entries: number,
    private readonly longest: number,
  ) {}

  /** The answer about `text`, computed by `answer` when it is not remembered. Undefined is an answer as well. */
  of(text: string, answer: (text: string) => V): V {
    if (text.length > this.longest) return answer(text)
    const known = this.newer.get(text)
    if (known !== undefined || this.newer.has(text)) return known as V
    const value = this.older.has(text) ? (this.older.get(text) as V) : answer(text)
    if (this.newer.size >= this.entries / 2) {
      this.older = this.newer
      this.newer = new Map()
    }
    this.newer.set(text, value)
    return value
  }
}
