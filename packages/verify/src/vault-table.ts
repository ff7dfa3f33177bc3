import { HASH_BYTES } from '@tidemark/proof'

/** What is known of a personal record. `erased`: its digest is there, its person's key is gone. */
export const RecordState = { missing: 0, opened: 1, unopened: 2, erased: 3, damaged: 4 } as const
export type RecordState = (typeof RecordState)[keyof typeof RecordState]

/** The digests of all personal records by number, in memory that threads share. */
export class VaultTable {
  readonly #digests: Buffer
  readonly #states: Uint8Array

  constructor(readonly memory: VaultMemory) {
    this.#digests = Buffer.from(memory.digests)
    this.#states = new Uint8Array(memory.states)
  }

  /** A table with room for the records 0 … `records` − 1. */
  static ofSize(records: number): VaultTable {
    const digests = new SharedArrayBuffer(records * HASH_BYTES)
    return new VaultTable({ digests, states: new SharedArrayBuffer(records) })
  }

  set(record: number, digest: Uint8Array, state: RecordState): void {
    if (record >= this.#states.length) return
    this.#digests.set(digest, record * HASH_BYTES)
    this.#states[record] = state
  }

  stateOf(record: number): RecordState {
    return (this.#states[record] ?? RecordState.missing) as RecordState
  }

  copyDigest(record: number, out: Buffer, offset: number): void {
    this.#digests.copy(out, offset, record * HASH_BYTES, (record + 1) * HASH_BYTES)
  }

  /** How many records are in each state. */
  count(state: RecordState): number {
    return this.#states.reduce((sum, one) => sum + (one === state ? 1 : 0), 0)
  }
}

export type VaultMemory = { readonly digests: SharedArrayBuffer; readonly states: SharedArrayBuffer }
