import { type FileSystem, isMissing } from './file-system.js'
import { Bloom, bloomBytes } from './id-index-bloom.js'
import { fingerprintOf, timeOfId } from './id-index-hash.js'
import {
  fingerprintsIn,
  type IdRun,
  idRunPath,
  idsDirectory,
  leavesInBody,
  leavesOnDisk,
  readIdBody,
  readIdRun,
} from './id-index-run.js'
import { isInSpans } from './id-index-spans.js'
import { LedgerError } from './ledger-error.js'
import { BoundedMap } from './seal-bounded-map.js'
import type { SealedIds } from './sealed-half.js'

export type IdIndexOptions = {
  readonly fs: FileSystem
  readonly directory: string
  /** The id of the event at a leaf; undefined when it cannot be read any more. */
  readonly idAt: (leaf: number) => Promise<string | undefined>
  /** Writes the run of a range anew, because its file is missing or damaged. */
  readonly rewrite: (first: number) => Promise<void>
  /** Memory for Bloom filters, bytes. Default 64 MiB: the newest 33 million ids. */
  readonly idBytes?: number
}

/** How long a retry gets the receipt of the first attempt. */
export const IDS_KEPT_MS = 7 * 24 * 60 * 60 * 1000

/**
 * Finds a sealed event by its id. A new id, the common case, is told from memory: its time lies in no run, or the run's
 * Bloom filter denies it. Runs that do not fit the budget are searched on disk, in two small reads.
 */
export class IdIndex implements SealedIds {
  readonly #options: IdIndexOptions
  /** Ascending by first leaf. */
  #runs: HeldRun[] = []
  readonly #bodies = new BoundedMap<number, Promise<Buffer>>(BODIES_IN_MEMORY)

  private constructor(options: IdIndexOptions) {
    this.#options = options
  }

  /** Takes up the runs of these ranges, reading the first line of each. */
  static async open(options: IdIndexOptions, firsts: readonly number[]): Promise<IdIndex> {
    const index = new IdIndex(options)
    const runs: IdRun[] = []
    for (let i = 0; i < firsts.length; i += READ_TOGETHER) {
      runs.push(...(await Promise.all(firsts.slice(i, i + READ_TOGETHER).map((first) => index.#read(first)))))
    }
    index.#hold(runs.map((run) => ({ run, bloom: undefined, newestTime: 0 })))
    return index
  }

  find(id: string): undefined | Promise<number | undefined> {
    const time = timeOfId(id)
    let fingerprint = -1
    let suspects: HeldRun[] | undefined
    for (let i = this.#runs.length - 1; i >= 0; i--) {
      const held = this.#runs[i] as HeldRun
      if (held.newestTime < time) break
      if (!isInSpans(held.run.spans, time)) continue
      if (fingerprint < 0) fingerprint = fingerprintOf(id)
      if (held.bloom?.has(fingerprint) === false) continue
      suspects ??= []
      suspects.push(held)
    }
    return suspects && this.#confirm(id, fingerprint, suspects)
  }

  /** Takes up the run of a range just sealed. */
  async add(first: number): Promise<void> {
    const run = await this.#read(first)
    this.#bodies.delete(first)
    this.#hold([...this.#runs.filter((held) => held.run.first !== first), { run, bloom: undefined, newestTime: 0 }])
  }

  /** Removes the runs whose newest leaf was received before `timeMs`. */
  async removeBefore(timeMs: number): Promise<void> {
    const { fs, directory } = this.#options
    const expired = this.#runs.filter((held) => held.run.tLast < timeMs)
    if (expired.length === 0) return
    this.#hold(this.#runs.filter((held) => held.run.tLast >= timeMs))
    for (const { run } of expired) await fs.unlink(idRunPath(directory, run.first))
    await fs.syncDir(idsDirectory(directory))
  }

  async #read(first: number): Promise<IdRun> {
    const { fs, directory, rewrite } = this.#options
    try {
      return await readIdRun(fs, directory, first)
    } catch (error) {
      if (!isRepairable(error)) throw error
      await rewrite(first)
      return readIdRun(fs, directory, first)
    }
  }

  #hold(runs: HeldRun[]): void {
    this.#runs = runs.sort((a, b) => a.run.first - b.run.first)
    let newestTime = 0
    for (const held of this.#runs) {
      newestTime = Math.max(newestTime, held.run.spans.at(-1)?.[1] ?? 0)
      held.newestTime = newestTime
    }
  }

  async #confirm(id: string, fingerprint: number, suspects: readonly HeldRun[]): Promise<number | undefined> {
    for (const held of suspects) {
      for (const leaf of await this.#leaves(held, fingerprint)) {
        if ((await this.#options.idAt(leaf)) === id) return leaf
      }
    }
    return undefined
  }

  /** The leaves of a run that may carry the fingerprint. A damaged run is written anew and asked again. */
  async #leaves(held: HeldRun, fingerprint: number): Promise<number[]> {
    try {
      return await this.#search(held, fingerprint)
    } catch (error) {
      if (!this.#runs.includes(held)) return []
      if (!isRepairable(error)) throw error
      await this.#options.rewrite(held.run.first)
      await this.add(held.run.first)
      const renewed = this.#runs.find(({ run }) => run.first === held.run.first)
      return renewed ? this.#search(renewed, fingerprint) : []
    }
  }

  async #search(held: HeldRun, fingerprint: number): Promise<number[]> {
    const { fs, directory } = this.#options
    const { run } = held
    if (!held.bloom && !this.#makeRoomFor(run)) return leavesOnDisk(fs, directory, run, fingerprint)
    const body = await this.#bodies.obtain(run.first, () => readIdBody(fs, directory, run))
    if (!held.bloom) {
      held.bloom = new Bloom(run.count)
      for (const each of fingerprintsIn(body)) held.bloom.add(each)
    }
    return leavesInBody(run, body, fingerprint)
  }

  /** Whether there is memory for one more filter, at the cost of those of older runs only. */
  #makeRoomFor(run: IdRun): boolean {
    const budget = this.#options.idBytes ?? DEFAULT_BUDGET_BYTES
    const filtered = this.#runs.filter((held) => held.bloom)
    let spent = filtered.reduce((sum, held) => sum + bloomBytes(held.run.count), bloomBytes(run.count))
    for (const older of filtered) {
      if (spent <= budget || older.run.first > run.first) break
      older.bloom = undefined
      spent -= bloomBytes(older.run.count)
    }
    return spent <= budget
  }
}

type HeldRun = {
  readonly run: IdRun
  /** Made when the run is first suspected of holding an id. */
  bloom: Bloom | undefined
  /** The newest time that an id of this or any earlier run names. */
  newestTime: number
}

/** Whether writing a run anew helps: all in it can be read from the segments. */
const isRepairable = (error: unknown): boolean =>
  isMissing(error) || (error instanceof LedgerError && error.code === 'corrupt')

const READ_TOGETHER = 64
const DEFAULT_BUDGET_BYTES = 64 * 1024 * 1024
/** Whole runs kept for a while after a hit, 320 KiB each: a retried batch asks for one id after the other. */
const BODIES_IN_MEMORY = 8
