import type { FileSystem } from './file-system.js'
import { BoundedMap } from './seal-bounded-map.js'
import { damaged, orDamaged, orMissing } from './seal-damage.js'
import { parseVaultRecord, type SealedVaultRecord } from './vault-record.js'
import {
  isWithin,
  LINES_PER_OFFSET,
  placeOf,
  readVaultTrailer,
  type VaultTrailer,
  vaultDirectory,
  vaultPath,
} from './vault-trailer.js'

/** Finds records, still encrypted, in the vault files of sealed ranges. */
export class VaultFiles {
  readonly #trailers = new BoundedMap<number, Promise<VaultTrailer>>(4096)
  /** By path and number: 64 lines each. */
  readonly #blocks = new BoundedMap<string, Promise<SealedVaultRecord[]>>(64)

  /** `firsts` gives the first leaves of the ranges to look in, ascending. */
  constructor(
    readonly fs: FileSystem,
    readonly directory: string,
    readonly firsts: () => readonly number[],
  ) {}

  /** The trailer of one range. Refused: `corrupt`. */
  trailer(first: number): Promise<VaultTrailer> {
    return this.#trailers.obtain(first, () => readVaultTrailer(this.fs, this.directory, first))
  }

  /**
   * A record and the file it is in. Refused: `corrupt`, also when no file has it.
   *
   * It is in the first file whose `next` lies behind it, or in a later one as long as the trailers call it missing.
   */
  async find(record: number): Promise<{ stored: SealedVaultRecord; path: string }> {
    const firsts = this.firsts()
    let path = vaultDirectory(this.directory)
    for (let i = await this.#fileOf(record, firsts); i < firsts.length; i++) {
      const trailer = await this.trailer(firsts[i] as number)
      path = vaultPath(this.directory, trailer.first)
      const place = placeOf(trailer.records, record)
      if (place !== undefined) return { stored: await this.#line(trailer, place, record), path }
      if (!isWithin(trailer.missing, record)) break
    }
    throw damaged(path, `record ${record} is not in it`)
  }

  /** All records of a file, in its order. Refused: `corrupt`. */
  async *recordsOf(first: number): AsyncGenerator<SealedVaultRecord> {
    const trailer = await this.trailer(first)
    for (let block = 0; block < trailer.offsets.length - 1; block++) yield* await this.#readBlock(trailer, block)
  }

  async #line(trailer: VaultTrailer, place: number, record: number): Promise<SealedVaultRecord> {
    const block = Math.floor(place / LINES_PER_OFFSET)
    const lines = await this.#blocks.obtain(`${trailer.first}/${block}`, () => this.#readBlock(trailer, block))
    const stored = lines[place % LINES_PER_OFFSET]
    const path = vaultPath(this.directory, trailer.first)
    if (stored?.record !== record) throw damaged(path, `record ${record} is not in its place`)
    return stored
  }

  async #fileOf(record: number, firsts: readonly number[]): Promise<number> {
    let low = 0
    let high = firsts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((await this.trailer(firsts[middle] as number)).next > record) high = middle
      else low = middle + 1
    }
    return low
  }

  async #readBlock({ first, offsets }: VaultTrailer, block: number): Promise<SealedVaultRecord[]> {
    const path = vaultPath(this.directory, first)
    const from = offsets[block] as number
    const file = await orMissing(path, this.fs.open(path, 'read'))
    try {
      const text = (await file.read(from, (offsets[block + 1] as number) - from)).toString()
      return orDamaged(path, `a record near byte ${from} was altered`, () =>
        text.split('\n').slice(0, -1).map(parseVaultRecord),
      )
    } finally {
      await file.close()
    }
  }
}
