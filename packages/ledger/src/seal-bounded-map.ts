/** Remembers what was asked for lately. A load that fails is not remembered. */
export class BoundedMap<K, V extends Promise<unknown>> {
  readonly #values = new Map<K, V>()

  constructor(readonly limit: number) {}

  /** The value of a key, loaded when it is not remembered. */
  obtain(key: K, load: () => V): V {
    const known = this.#values.get(key)
    if (known) return known
    const value = load()
    value.catch(() => this.delete(key))
    this.#values.set(key, value)
    if (this.#values.size > this.limit) this.#values.delete(this.#values.keys().next().value as K)
    return value
  }

  delete(key: K): void {
    this.#values.delete(key)
  }

  clear(): void {
    this.#values.clear()
  }
}
