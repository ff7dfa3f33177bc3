import { HASH_BYTES, type Hash, hashNodeInto } from './hash.js'
import type { NodeReader } from './subtree.js'
import { TILE_HEIGHT, TILE_WIDTH, type Tile, tileWidth } from './tile.js'

/** Reads the bytes of a tile: `width`·32 of them. A full tile given for a partial one is fine. */
export type TileReader = (tile: Tile) => Uint8Array | Promise<Uint8Array>

/**
 * The nodes of a tree of `size` leaves, read from its tiles. Every tile is asked for once.
 *
 * The hashes are as good as the tiles: check what is built from them against a signed root.
 */
export function nodesFromTiles(size: number, readTile: TileReader): NodeReader {
  const tiles = new Map<string, Promise<Uint8Array>>()
  const tileOnce = (tile: Tile) => {
    const name = `${tile.level}/${tile.index}`
    const bytes = tiles.get(name) ?? readWhole(tile, readTile)
    tiles.set(name, bytes)
    return bytes
  }
  return async (level, index) => {
    const tileLevel = Math.floor(level / TILE_HEIGHT)
    const nodeHashes = 2 ** (level % TILE_HEIGHT)
    const first = index * nodeHashes
    const tileIndex = Math.floor(first / TILE_WIDTH)
    const tile = { level: tileLevel, index: tileIndex, width: tileWidth(size, tileLevel, tileIndex) }
    const offset = (first % TILE_WIDTH) * HASH_BYTES
    return fullSubtreeRoot((await tileOnce(tile)).subarray(offset, offset + nodeHashes * HASH_BYTES))
  }
}

/**
 * The root over 1, 2, 4, … 256 concatenated hashes: of a full tile, this is its one hash in the tile above.
 * Throws a RangeError for any other number of them.
 */
export function fullSubtreeRoot(hashes: Uint8Array): Hash {
  let count = hashes.length / HASH_BYTES
  if (!FULL_COUNTS.has(count)) throw new RangeError(`${hashes.length} bytes are not a full subtree of hashes`)
  if (count === 1) return new Uint8Array(hashes)
  let from = hashes
  for (; count > 1; count /= 2) {
    for (let i = 0; i < count / 2; i++) hashNodeInto(from, i * 2 * HASH_BYTES, nodes, i * HASH_BYTES)
    from = nodes
  }
  return nodes.slice(0, HASH_BYTES)
}

const FULL_COUNTS = new Set([1, 2, 4, 8, 16, 32, 64, 128, 256])
const nodes = new Uint8Array((TILE_WIDTH / 2) * HASH_BYTES)

async function readWhole(tile: Tile, readTile: TileReader): Promise<Uint8Array> {
  const bytes = await readTile(tile)
  if (bytes.length < tile.width * HASH_BYTES) {
    throw new RangeError(`tile ${tile.level}/${tile.index} has ${bytes.length} bytes, not ${tile.width * HASH_BYTES}`)
  }
  return bytes
}
