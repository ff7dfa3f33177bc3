import { fullSubtreeRoot, HASH_BYTES, hashesAtLevel, hashLeafInto, TILE_WIDTH } from '@tidemark/proof'
import { LeafTail } from './leaf-tail.js'
import { LedgerError } from './ledger-error.js'
import { entriesOf, type TileFiles } from './tile-files.js'
import { TileTail } from './tile-tail.js'

/** What it takes to let a tree grow on from some size. */
export type RightEdge = { readonly tail: LeafTail; readonly upper: readonly TileTail[] }

/**
 * Reads the right edge of the tree of `size` leaves from its files.
 *
 * Hash tiles that are missing or short are worked out from the tiles below them, in the end from the entry bundles.
 * Refused as `corrupt`: a bundle that is needed is gone.
 */
export async function readRightEdge(tiles: TileFiles, size: number): Promise<RightEdge> {
  const tail = new LeafTail(size, await entriesAtEnd(tiles, size))
  const upper: TileTail[] = []
  for (let level = 1; hashesAtLevel(size, level) > 0; level++) {
    const count = hashesAtLevel(size, level)
    upper.push(new TileTail(count, await firstHashes(tiles, level, Math.floor(count / TILE_WIDTH), count % TILE_WIDTH)))
  }
  return { tail, upper }
}

/** The text of the last entry of a tree of `size` leaves, `size` ≥ 1, read from its bundle. */
export async function lastEntry(tiles: TileFiles, size: number): Promise<string> {
  const partial = (await entriesAtEnd(tiles, size)).at(-1)
  const entry = partial ?? (await tiles.entries(size / TILE_WIDTH - 1)).at(-1)
  return Buffer.from(entry!).toString('utf8')
}

/** The hashes of a full tile, made again from what is below it when the file is missing or short. */
export async function tileHashes(tiles: TileFiles, level: number, index: number): Promise<Buffer> {
  return firstHashes(tiles, level, index, TILE_WIDTH)
}

/** The entries in the last tile of a tree when that is not full. */
async function entriesAtEnd(tiles: TileFiles, size: number): Promise<Uint8Array[]> {
  const width = size % TILE_WIDTH
  if (width === 0) return []
  const index = Math.floor(size / TILE_WIDTH)
  for (const stored of await storedWidths(tiles, 'entries', index, width)) {
    const bytes = await tiles.read('entries', index, stored)
    const entries = bytes && entriesOf(bytes)
    if (entries?.length === stored) return entries.slice(0, width)
  }
  throw lost(tiles.pathOf('entries', index, width))
}

async function firstHashes(tiles: TileFiles, level: number, index: number, width: number): Promise<Buffer> {
  if (width === 0) return Buffer.alloc(0)
  for (const stored of await storedWidths(tiles, level, index, width)) {
    const bytes = await tiles.read(level, index, stored)
    if (bytes?.length === stored * HASH_BYTES) return bytes.subarray(0, width * HASH_BYTES)
  }
  return level === 0 ? hashesOfBundle(tiles, index) : hashesOfTilesBelow(tiles, level, index, width)
}

async function hashesOfTilesBelow(tiles: TileFiles, level: number, index: number, width: number): Promise<Buffer> {
  const hashes = Buffer.alloc(width * HASH_BYTES)
  for (let i = 0; i < width; i++) {
    hashes.set(fullSubtreeRoot(await firstHashes(tiles, level - 1, index * TILE_WIDTH + i, TILE_WIDTH)), i * HASH_BYTES)
  }
  return hashes
}

async function hashesOfBundle(tiles: TileFiles, index: number): Promise<Buffer> {
  const hashes = Buffer.alloc(TILE_WIDTH * HASH_BYTES)
  for (const [i, entry] of (await tiles.entries(index)).entries()) hashLeafInto(entry, hashes, i * HASH_BYTES)
  return hashes
}

/** The widths in which a tile may be stored so that its first `width` hashes are there, the likeliest first. */
async function storedWidths(
  tiles: TileFiles,
  kind: number | 'entries',
  index: number,
  width: number,
): Promise<number[]> {
  if (width === TILE_WIDTH) return [TILE_WIDTH]
  const partial = await tiles.partialWidths(kind, index)
  return [TILE_WIDTH, ...partial.filter((stored) => stored >= width)]
}

const lost = (path: string) =>
  new LedgerError('corrupt', `${path} and every wider form of it are missing or damaged.`, {
    file: path,
    advice:
      'The newest entries before the write-ahead log cannot be read. Restore the file from a backup, or the whole with `tidemark restore`.',
  })
