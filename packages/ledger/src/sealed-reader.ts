import { LedgerError } from './ledger-error.js'
import { sealedFirsts } from './locator.js'
import { LogFiles } from './log-files.js'
import { BoundedMap } from './seal-bounded-map.js'
import { readBlock } from './sealed-block.js'
import { SealedEntries } from './sealed-entries.js'
import { FrameCache } from './sealed-frames.js'
import type { SealedRecords } from './sealed-half.js'
import { RangeReader } from './sealed-range.js'
import type { SealedRecord } from './sealed-record.js'
import { SegmentKeys, type SegmentKeysOptions } from './segment-keys.js'
import { TileFiles } from './tile-files.js'
import { VaultReader } from './vault-reader.js'

export type SealedReaderOptions = SegmentKeysOptions & {
  /** Memory for frames read lately, bytes. Default 32 MiB. */
  readonly frameBytes?: number
}

/**
 * Reads the leaves of sealed ranges back.
 *
 * Each event is checked against the commitment in its entry before it is given. Refused: `corrupt`, with the file.
 */
export class SealedReader implements SealedRecords {
  readonly #options: SealedReaderOptions
  readonly #keys: SegmentKeys
  readonly #vault: VaultReader
  readonly #entries: SealedEntries
  readonly #frames: FrameCache
  readonly #ranges = new BoundedMap<number, Promise<RangeReader>>(RANGES_IN_MEMORY)
  #firsts: readonly number[] = []

  private constructor(options: SealedReaderOptions) {
    this.#options = options
    this.#keys = new SegmentKeys(options)
    this.#vault = new VaultReader(options, () => this.#firsts)
    this.#entries = new SealedEntries(new TileFiles(options.fs, new LogFiles(options.directory)))
    this.#frames = new FrameCache(options.frameBytes ?? FRAME_BYTES)
  }

  static async open(options: SealedReaderOptions): Promise<SealedReader> {
    const reader = new SealedReader(options)
    await reader.refresh()
    return reader
  }

  /** The first leaves of the sealed ranges, ascending. */
  get firsts(): readonly number[] {
    return this.#firsts
  }

  /** Takes up the ranges sealed since. */
  async refresh(): Promise<void> {
    this.#firsts = await sealedFirsts(this.#options.fs, this.#options.directory)
  }

  /** Forgets everything decrypted, after a segment was disposed of or a person erased. */
  forget(): void {
    this.#ranges.clear()
    this.#frames.clear()
    this.#vault.forget()
  }

  /** How many leaves are sealed: 0 … `size` − 1. */
  async size(): Promise<number> {
    const last = this.#firsts.at(-1)
    if (last === undefined) return 0
    return (await this.#range(last)).end
  }

  /** The range that holds a leaf. Refused: `not_found`, when the leaf is not sealed. */
  async rangeOf(leaf: number): Promise<RangeReader> {
    const first = this.#firsts.findLast((candidate) => candidate <= leaf)
    const range = first === undefined ? undefined : await this.#range(first)
    if (!range || leaf >= range.end) {
      throw new LedgerError('not_found', `leaf ${leaf} is not in a sealed range`)
    }
    return range
  }

  /** One leaf. Refused: `not_found`, when it is not sealed. */
  async record(leaf: number): Promise<SealedRecord> {
    const [record] = await this.#block(await this.rangeOf(leaf), leaf, leaf + 1)
    return record as SealedRecord
  }

  async *records(from: number, to: number): AsyncGenerator<SealedRecord> {
    for await (const block of this.blocks(from, to)) yield* block
  }

  /** The records of leaves `from` … `to` − 1, in order, some hundred at a time. */
  async *blocks(from: number, to: number): AsyncGenerator<SealedRecord[]> {
    for (let leaf = from; leaf < to; ) {
      const range = await this.rangeOf(leaf)
      const block = await this.#block(range, leaf, Math.min(to, range.end, leaf + BLOCK_LEAVES))
      yield block
      leaf += block.length
    }
  }

  #block(range: RangeReader, from: number, end: number): Promise<SealedRecord[]> {
    return readBlock({ range, entries: this.#entries, frames: this.#frames, vault: this.#vault }, from, end)
  }

  #range(first: number): Promise<RangeReader> {
    return this.#ranges.obtain(first, () => RangeReader.open(this.#options, this.#keys, first))
  }
}

/** How many leaves are read together. */
const BLOCK_LEAVES = 256
const FRAME_BYTES = 32 * 1024 * 1024
/** Each takes some 320 KiB. */
const RANGES_IN_MEMORY = 8
