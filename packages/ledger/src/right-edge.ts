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
 * A power cut may have damaged partial tiles, so none is relied on alone: entries have to fit their hashes, and the
 * hashes above the leaves are worked out from the full tiles below them. Refused as `corrupt`: entries that are needed
 * are gone.
 */
export async function readRightEdge(tiles: TileFiles, size: number): Promise<RightEdge> {
  const tail = new LeafTail(size, await entriesAtEnd(tiles, size))
  const upper: TileTail[] = []
  for (let level = 1; hashesAtLevel(size, level) > 0; level++) {
    const count = hashesAtLevel(size, level)
    const index = Math.floor(count / TILE_WIDTH)
    upper.push(new TileTail(count, await hashesOfTilesBelow(tiles, level, index, count % TILE_WIDTH)))
  }
  return { tail, upper }
}

/** The text of the last entry of a tree of `size` leaves, `size` ≥ 1, read from its bundle. */
export async function lastEntry(tiles: TileFiles, size: number): Promise<string> {
  const partial = (await entriesAtEnd(tiles, size)).at(-1)
  const entry = partial ?? (await tiles.entries(size / TILE_WIDTH - 1)).at(-1)
  return Buffer.from(entry!).toString('utf8')
}

/** The 256 hashes of a full tile; when the file is missing or short, worked out from the tiles or the bundle below. */
export async function fullTileHashes(tiles: TileFiles, level: number, index: number): Promise<Buffer> {
  const stored = await tiles.read(level, index, TILE_WIDTH)
  if (stored?.length === TILE_WIDTH * HASH_BYTES) return stored
  return level === 0 ? leafHashes(await tiles.entries(index)) : hashesOfTilesBelow(tiles, level, index, TILE_WIDTH)
}

/** The entries in the last tile of a tree when that is not full. */
async function entriesAtEnd(tiles: TileFiles, size: number): Promise<Uint8Array[]> {
  const width = size % TILE_WIDTH
  if (width === 0) return []
  const index = Math.floor(size / TILE_WIDTH)
  const bundles = await storedForms(tiles, 'entries', index, width)
  const known = await storedForms(tiles, 0, index, width)
  const candidates = bundles.flatMap(({ stored, bytes }) => {
    const entries = entriesOf(bytes)
    return entries?.length === stored ? [entries.slice(0, width)] : []
  })
  const hashes = known.map(({ bytes }) => bytes.subarray(0, width * HASH_BYTES))
  const fits = candidates.find((entries) => hashes.some((known) => known.equals(leafHashes(entries))))
  const found = fits ?? candidates[0]
  if (!found) throw lost(tiles.pathOf('entries', index, width))
  return found
}

async function hashesOfTilesBelow(tiles: TileFiles, level: number, index: number, width: number): Promise<Buffer> {
  const hashes = Buffer.alloc(width * HASH_BYTES)
  for (let i = 0; i < width; i++) {
    hashes.set(fullSubtreeRoot(await fullTileHashes(tiles, level - 1, index * TILE_WIDTH + i)), i * HASH_BYTES)
  }
  return hashes
}

function leafHashes(entries: readonly Uint8Array[]): Buffer {
  const hashes = Buffer.alloc(entries.length * HASH_BYTES)
  for (const [i, entry] of entries.entries()) hashLeafInto(entry, hashes, i * HASH_BYTES)
  return hashes
}

/** The files in which the first `width` places of a tile are stored, the full one first. */
async function storedForms(tiles: TileFiles, kind: 0 | 'entries', index: number, width: number) {
  const forms: { stored: number; bytes: Buffer }[] = []
  for (const stored of [TILE_WIDTH, ...(await tiles.partialWidths(kind, index))]) {
    const bytes = stored >= width ? await tiles.read(kind, index, stored) : null
    if (bytes) forms.push({ stored, bytes })
  }
  return forms
}

const lost = (path: string) =>
  new LedgerError('corrupt', `${path} and every wider form of it are missing or damaged.`, {
    file: path,
    advice:
      'The newest entries before the write-ahead log cannot be read. Restore the file from a backup, or the whole with ' +
      '`tidemark restore`.',
  })
