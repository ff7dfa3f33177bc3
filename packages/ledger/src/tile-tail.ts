import { fullSubtreeRoot, HASH_BYTES, type Hash, TILE_WIDTH } from '@tidemark/proof'

/** The hashes of one tile level above the leaves: those of tiles not on disk yet, and those of the tile being filled. */
export class TileTail {
  #firstTile: number
  #tiles: Buffer[]
  #count: number

  /** A level with `count` hashes; `before` are those of the tile that is not full, side by side. */
  constructor(count: number, before: Uint8Array) {
    this.#count = count
    this.#firstTile = Math.floor(count / TILE_WIDTH)
    this.#tiles = [newTile()]
    this.#tiles[0]!.set(before)
  }

  /** How many hashes the level has in all. */
  get count(): number {
    return this.#count
  }

  /** Adds a hash; the one hash for the level above when that fills a tile. */
  append(hash: Hash): Hash | null {
    const tile = this.#tiles.at(-1)!
    tile.set(hash, (this.#count % TILE_WIDTH) * HASH_BYTES)
    this.#count++
    if (this.#count % TILE_WIDTH !== 0) return null
    this.#tiles.push(newTile())
    return fullSubtreeRoot(tile)
  }

  /** The first `width` hashes of a tile; null when it is no longer held. */
  hashes(tile: number, width: number): Buffer | null {
    return this.#tiles[tile - this.#firstTile]?.subarray(0, width * HASH_BYTES) ?? null
  }

  /** Lets go of the tiles before `tile`: they are on disk. */
  release(tile: number): void {
    const gone = Math.min(tile - this.#firstTile, this.#tiles.length - 1)
    if (gone <= 0) return
    this.#tiles.splice(0, gone)
    this.#firstTile += gone
  }
}

const newTile = () => Buffer.alloc(TILE_WIDTH * HASH_BYTES)
