import { encodeBundle, HASH_BYTES, TILE_WIDTH, type Tile, tilesBetween } from '@tidemark/proof'
import type { FileSystem } from './file-system.js'
import type { LogFiles } from './log-files.js'
import { damaged } from './seal-damage.js'
import { entriesOf, TileFiles, type TileKind } from './tile-files.js'

/** One tile or entry bundle of a tree. */
export type TileSource = {
  /** Where it is, or would be. */
  readonly path: string
  /** The bytes of a partial one; null for a full one, whose file can be taken as it is. Refused: `corrupt`. */
  cut(): Promise<Buffer | null>
}

/** All tiles and bundles of the tree of `size` leaves. A partial one may be full by now: then its beginning is cut out. */
export function* tileSources(fs: FileSystem, log: LogFiles, size: number): Generator<TileSource> {
  const tiles = new TileFiles(fs, log)
  for (const tile of tilesBetween(0, size)) {
    for (const kind of tile.level === 0 ? ([0, 'entries'] as const) : [tile.level]) {
      const cut = async () => (tile.width === TILE_WIDTH ? null : cutOut(tiles, kind, tile))
      yield { path: tiles.pathOf(kind, tile.index, tile.width), cut }
    }
  }
}

async function cutOut(tiles: TileFiles, kind: TileKind, { index, width }: Tile): Promise<Buffer> {
  const widths = (await tiles.partialWidths(kind, index)).filter((stored) => stored >= width)
  for (const stored of [...widths, TILE_WIDTH]) {
    const bytes = await tiles.read(kind, index, stored)
    const cut = bytes && beginningOf(bytes, kind, stored, width)
    if (cut) return cut
  }
  throw damaged(tiles.pathOf(kind, index, width), 'neither it nor a wider one is there')
}

/** The first `width` places of a tile or bundle that is stored with `stored` of them; null when it is torn. */
function beginningOf(bytes: Buffer, kind: TileKind, stored: number, width: number): Buffer | null {
  if (kind !== 'entries') return bytes.length === stored * HASH_BYTES ? bytes.subarray(0, width * HASH_BYTES) : null
  const entries = entriesOf(bytes)
  return entries?.length === stored ? Buffer.from(encodeBundle(entries.slice(0, width))) : null
}
