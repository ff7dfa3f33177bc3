import { entriesPath, HASH_BYTES, TILE_WIDTH, type Tile, tilePath } from '@tidemark/proof'
import type { LogReader } from './log-reader.js'

/** A tile or entry bundle as it was found. */
export type TileFile = {
  /** Path inside the log of the file that was read, or of the one that is missing. */
  readonly path: string
  readonly bytes: Buffer
  readonly missing: boolean
  /** Whether the full tile was read, because the log has already dropped the partial one. */
  readonly wider: boolean
}

/** The hashes of a tile. `bytes` may be shorter than the tile is wide when the file is damaged, never longer. */
export async function readTileFile(reader: LogReader, { level, index, width }: Tile): Promise<TileFile> {
  const file = await readPartialOrFull(reader, (wide) => tilePath(level, index, wide), width)
  return file.wider ? { ...file, bytes: file.bytes.subarray(0, width * HASH_BYTES) } : file
}

/** The entry bundle beside a tile of level 0. */
export function readBundleFile(reader: LogReader, { index, width }: Tile): Promise<TileFile> {
  return readPartialOrFull(reader, (wide) => entriesPath(index, wide), width)
}

async function readPartialOrFull(
  reader: LogReader,
  pathOf: (width: number) => string,
  width: number,
): Promise<TileFile> {
  const path = pathOf(width)
  const bytes = await reader.read(path)
  if (bytes) return { path, bytes, missing: false, wider: false }
  const full = width < TILE_WIDTH ? await reader.read(pathOf(TILE_WIDTH)) : null
  if (full) return { path: pathOf(TILE_WIDTH), bytes: full, missing: false, wider: true }
  return { path, bytes: Buffer.alloc(0), missing: true, wider: false }
}
