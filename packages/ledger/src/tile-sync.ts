import { dirname } from 'node:path'
import { hashesAtLevel, TILE_WIDTH } from '@tidemark/proof'
import { type FileSystem, isMissing } from './file-system.js'
import type { TileFiles, TileKind } from './tile-files.js'

/**
 * Makes the tiles and entry bundles of leaves `first` … `end` − 1 survive a power cut; they are in place already.
 *
 * One file after the other, so that the syncs of the write-ahead log do not queue behind them.
 */
export async function syncTiles(fs: FileSystem, tiles: TileFiles, first: number, end: number): Promise<void> {
  const directories = new Set<string>()
  for (let level = 0; hashesAtLevel(end, level) > 0; level++) {
    const span = TILE_WIDTH ** (level + 1)
    for (let index = Math.floor(first / span); index * TILE_WIDTH < hashesAtLevel(end, level); index++) {
      const width = Math.min(TILE_WIDTH, hashesAtLevel(end, level) - index * TILE_WIDTH)
      for (const kind of level === 0 ? ([0, 'entries'] as const) : [level]) {
        addParents(directories, tiles.files.directory, await syncWidest(fs, tiles, kind, index, width))
      }
    }
  }
  for (const directory of directories) await fs.syncDir(directory)
}

/** Syncs the full tile, or else the widest partial one, which has at least `width` hashes. Gives its path. */
async function syncWidest(
  fs: FileSystem,
  tiles: TileFiles,
  kind: TileKind,
  index: number,
  width: number,
): Promise<string> {
  const full = tiles.pathOf(kind, index, TILE_WIDTH)
  if (await syncIfThere(fs, full)) return full
  const widest = (await tiles.partialWidths(kind, index)).at(-1) ?? 0
  if (widest >= width) {
    const partial = tiles.pathOf(kind, index, widest)
    if (await syncIfThere(fs, partial)) return partial
  }
  // The full one took the place of the partial ones in the meantime, or the tile is lost: then this says so.
  const file = await fs.open(full, 'read')
  await file.sync()
  await file.close()
  return full
}

async function syncIfThere(fs: FileSystem, path: string): Promise<boolean> {
  try {
    const file = await fs.open(path, 'read')
    try {
      await file.sync()
    } finally {
      await file.close()
    }
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

function addParents(directories: Set<string>, root: string, path: string): void {
  for (let directory = dirname(path); directory.length >= root.length; directory = dirname(directory)) {
    if (directories.has(directory)) return
    directories.add(directory)
  }
}
