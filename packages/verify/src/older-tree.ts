import {
  decodeBundle,
  type Frontier,
  HASH_BYTES,
  hashesAtLevel,
  hashLeaf,
  TILE_WIDTH,
  tileWidth,
} from '@tidemark/proof'
import type { LogReader } from './log-reader.js'
import { readBundleFile, readTileFile } from './tile-file.js'
import { edgeOf, frontierOf, hasRoot, type TreeLevels } from './tree-levels.js'

/**
 * The right edge of the tree as it was at `size` leaves, from the hashes of the tree as it is; null when some of them are
 * not known.
 */
export async function olderTree(reader: LogReader, levels: TreeLevels, size: number): Promise<Frontier | null> {
  const edges: (Buffer | null)[] = []
  for (let level = 0; hashesAtLevel(size, level) > 0; level++) {
    const { index, count } = edgeOf(size, level)
    if (count === 0) edges.push(Buffer.alloc(0))
    else if (level > 0) edges.push(levels.get(level, index, count))
    else edges.push((await leavesOfTile(reader, levels, index / TILE_WIDTH))?.subarray(0, count * HASH_BYTES) ?? null)
  }
  return edges.includes(null) ? null : frontierOf(size, edges as Buffer[])
}

/** The leaf hashes of a tile, from whichever of tile and entries `levels` vouches for. */
async function leavesOfTile(reader: LogReader, levels: TreeLevels, index: number): Promise<Buffer | null> {
  const width = tileWidth(levels.size, 0, index)
  if (width < TILE_WIDTH) return levels.edge(0)
  const tile = { level: 0, index, width }
  const root = levels.get(1, index, 1)
  if (!root) return null
  const { bytes } = await readTileFile(reader, tile)
  if (hasRoot(bytes, root)) return bytes
  const hashes = await hashBundle(reader, tile)
  return hasRoot(hashes, root) ? hashes : null
}

async function hashBundle(reader: LogReader, tile: { level: number; index: number; width: number }) {
  const { bytes } = await readBundleFile(reader, tile)
  try {
    return Buffer.concat(decodeBundle(bytes).map(hashLeaf))
  } catch {
    return null
  }
}
