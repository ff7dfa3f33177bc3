import { TILE_WIDTH } from '@tidemark/proof'
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
    const bytes = await this.tiles.read('entries', bundle, TILE_WIDTH)
    if (!bytes) {
      this.#full.delete(bundle)
      return null
    }
    const entries = entriesOf(bytes)
    if (entries?.length !== TILE_WIDTH) throw damaged(this.pathOf(bundle * TILE_WIDTH), 'it does not hold 256 entries')
    return entries
  }

  /** The widest partial bundle; empty when there is none, or none that can be read. */
  async #readPartial(bundle: number): Promise<Uint8Array[]> {
    const width = (await this.tiles.partialWidths('entries', bundle)).at(-1)
    const bytes = width === undefined ? null : await this.tiles.read('entries', bundle, width)
    return (bytes && entriesOf(bytes)) ?? []
  }
}

const BUNDLES_IN_MEMORY = 32
