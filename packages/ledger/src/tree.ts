import {
  emptyRoot,
  fullSubtreeRoot,
  HASH_BYTES,
  type Hash,
  hashesAtLevel,
  hashNode,
  type NodeReader,
  subtreesOf,
  TILE_HEIGHT,
  TILE_WIDTH,
} from '@tidemark/proof'
import type { LeafTail } from './leaf-tail.js'
import type { TileFiles } from './tile-files.js'
import { TileTail } from './tile-tail.js'

/**
 * The Merkle tree over the durable leaves: what is not in tiles on disk yet, and the right edge, in memory; the rest is
 * read from the tiles.
 */
export class Tree {
  #size: number
  readonly #upper: TileTail[]

  /** A tree of `size` leaves; `upper` are its tile levels from 1 on. Leaves are taken from `tail` as they become durable. */
  constructor(
    readonly tail: LeafTail,
    readonly tiles: TileFiles,
    size: number,
    upper: readonly TileTail[],
  ) {
    this.#size = size
    this.#upper = [...upper]
  }

  /** How many leaves it has. */
  get size(): number {
    return this.#size
  }

  /** Takes in the leaves up to `size`, which are durable now. */
  advance(size: number): void {
    for (let tile = Math.floor(this.#size / TILE_WIDTH); (tile + 1) * TILE_WIDTH <= size; tile++) {
      let full: Hash | null = fullSubtreeRoot(this.tail.hashes(tile, TILE_WIDTH))
      for (let level = 1; full; level++) full = this.#levelAt(level).append(full)
    }
    this.#size = size
  }

  /** The root of the tree as it stands. */
  root(): Hash {
    const roots = subtreesOf(this.#size).map(({ level, index }) => this.#held(level, index)!)
    return roots.length === 0 ? emptyRoot : roots.reduceRight((right, left) => hashNode(left, right))
  }

  /** Reads nodes for proofs: every full subtree inside the tree. */
  readonly node: NodeReader = (level, index) => this.#held(level, index) ?? this.#stored(level, index)

  /** The first `width` hashes of a tile that is held in memory; null when it is only on disk. */
  heldHashes(level: number, tile: number, width: number): Buffer | null {
    if (level > 0) return this.#upper[level - 1]?.hashes(tile, width) ?? null
    return tile * TILE_WIDTH >= this.tail.start ? this.tail.hashes(tile, width) : null
  }

  /** Lets go of what the tiles of a tree of `size` leaves hold for good. */
  release(size: number): void {
    this.tail.release(Math.floor(size / TILE_WIDTH))
    for (const [i, level] of this.#upper.entries()) level.release(Math.floor(hashesAtLevel(size, i + 1) / TILE_WIDTH))
  }

  #levelAt(level: number): TileTail {
    this.#upper[level - 1] ??= new TileTail(0, new Uint8Array(0))
    return this.#upper[level - 1]!
  }

  #held(level: number, index: number): Hash | null {
    const { tileLevel, tile, start, end } = placeOf(level, index)
    const hashes = this.heldHashes(tileLevel, tile, end)
    return hashes && fullSubtreeRoot(hashes.subarray(start * HASH_BYTES))
  }

  async #stored(level: number, index: number): Promise<Hash> {
    const { tileLevel, tile, start, end } = placeOf(level, index)
    const hashes = await this.tiles.hashes(tileLevel, tile)
    return fullSubtreeRoot(hashes.subarray(start * HASH_BYTES, end * HASH_BYTES))
  }
}

/** Which hashes of which tile the full subtree `index` of `level` is made of. */
function placeOf(level: number, index: number) {
  const tileLevel = Math.floor(level / TILE_HEIGHT)
  const width = 2 ** (level % TILE_HEIGHT)
  const first = index * width
  const start = first % TILE_WIDTH
  return { tileLevel, tile: Math.floor(first / TILE_WIDTH), start, end: start + width }
}
