import { HASH_BYTES, hashLeafInto, TILE_WIDTH } from '@tidemark/proof'
import { BoundedMap } from './seal-bounded-map.js'
import { damaged } from './seal-damage.js'
import { entriesOf, type TileFiles } from './tile-files.js'

/** The entries of leaves, read from the entry bundles. */
export class SealedEntries {
  readonly #full = new BoundedMap<number, Promise<Uint8Array[] | null>>(BUNDLES_IN_MEMORY)

  constructor(readonly tiles: TileFiles) {}

  /** The entries of leaves `from` … `end` − 1. Refused: `corrupt`, when a bundle is damaged or does not hold them all. */
  async entries(from: number, end: number): Promise<Buffer[]> {
    const entries: Buffer[] = []
    for (let leaf = from; leaf < end; ) {
      const bundle = Math.floor(leaf / TILE_WIDTH)
      const all = (await this.#full.obtain(bundle, () => this.#readFull(bundle))) ?? (await this.#readPartial(bundle))
      const start = leaf % TILE_WIDTH
      const within = all.slice(start, start + end - leaf)
      if (within.length === 0) throw damaged(this.pathOf(leaf), `it does not hold the entry of leaf ${leaf}`)
      for (const entry of within) entries.push(Buffer.from(entry.buffer, entry.byteOffset, entry.length))
      leaf += within.length
    }
    return entries
  }

  /** The bundle of a leaf once it is full. */
  pathOf(leaf: number): string {
    return this.tiles.pathOf('entries', Math.floor(leaf / TILE_WIDTH), TILE_WIDTH)
  }

  async #readFull(bundle: number): Promise<Uint8Array[] | null> {
    const entries = await this.#read(bundle, TILE_WIDTH)
    if (!entries) this.#full.delete(bundle)
    return entries
  }

  /**
   * The widest partial bundle that can be relied on; empty when there is none. A power cut may have damaged those that
   * were not synced yet, so the leaf hashes decide when they are there.
   */
  async #readPartial(bundle: number): Promise<Uint8Array[]> {
    let unproven: Uint8Array[] = []
    for (const width of (await this.tiles.partialWidths('entries', bundle)).reverse()) {
      const entries = await this.#read(bundle, width)
      if (entries && (await this.tiles.read(0, bundle, width))?.equals(leafHashes(entries))) return entries
      if (entries && unproven.length === 0) unproven = entries
    }
    return unproven
  }

  /** The entries of a bundle; null when it is not there, or not as many. */
  async #read(bundle: number, width: number): Promise<Uint8Array[] | null> {
    const bytes = await this.tiles.read('entries', bundle, width)
    const entries = bytes && entriesOf(bytes)
    return entries?.length === width ? entries : null
  }
}

function leafHashes(entries: readonly Uint8Array[]): Buffer {
  const hashes = Buffer.alloc(entries.length * HASH_BYTES)
  for (const [i, entry] of entries.entries()) hashLeafInto(entry, hashes, i * HASH_BYTES)
  return hashes
}

const BUNDLES_IN_MEMORY = 32
