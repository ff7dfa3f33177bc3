import { basename, dirname } from 'node:path'
import { hashesAtLevel, TILE_WIDTH } from '@tidemark/proof'
import { LedgerError } from './ledger-error.js'
import type { LogParts } from './log-parts.js'
import { fullTileHashes } from './right-edge.js'
import type { TileKind } from './tile-files.js'

/**
 * Looks whether every full tile of a tree of `size` leaves is there, and makes lost ones again from the tiles or bundles
 * below them. Entry bundles cannot be made again here: one that is lost is reported as `entries_lost`.
 *
 * Only names are looked at: `tidemark verify` checks what is in the files.
 */
export async function repairTiles(
  { fs, tiles, report }: Pick<LogParts, 'fs' | 'tiles' | 'report'>,
  size: number,
): Promise<void> {
  const list = (kind: TileKind) =>
    missingTiles({ fs, tiles }, kind, Math.floor(hashesAtLevel(size, kind === 'entries' ? 0 : kind) / TILE_WIDTH))
  for await (const index of list('entries')) {
    report({
      code: 'entries_lost',
      message: 'an entry bundle is missing',
      file: tiles.pathOf('entries', index, TILE_WIDTH),
    })
  }
  for (let level = 0; hashesAtLevel(size, level) >= TILE_WIDTH; level++) {
    for await (const index of list(level)) {
      const file = tiles.pathOf(level, index, TILE_WIDTH)
      try {
        await tiles.writeDurably(level, index, TILE_WIDTH, await fullTileHashes(tiles, level, index))
        report({ code: 'tiles_rebuilt', message: 'a lost tile was made again from what is below it', file })
      } catch (cause) {
        if (!(cause instanceof LedgerError)) throw cause
        report({
          code: 'entries_lost',
          message: `a tile is missing and cannot be made again: ${cause.message}`,
          file,
          cause,
        })
      }
    }
  }
}

/** The numbers of the full tiles that have no file, of the first `count`. One directory is read per thousand tiles. */
async function* missingTiles(
  { fs, tiles }: Pick<LogParts, 'fs' | 'tiles'>,
  kind: TileKind,
  count: number,
): AsyncGenerator<number> {
  for (let first = 0; first < count; first += TILES_PER_DIRECTORY) {
    const names = new Set(await fs.readdir(dirname(tiles.pathOf(kind, first, TILE_WIDTH))))
    for (let index = first; index < Math.min(first + TILES_PER_DIRECTORY, count); index++) {
      if (!names.has(basename(tiles.pathOf(kind, index, TILE_WIDTH)))) yield index
    }
  }
}

/** The last part of a tile's path has three digits. Source: C2SP tlog-tiles, "Parameters". */
const TILES_PER_DIRECTORY = 1_000
