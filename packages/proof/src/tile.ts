/** How many hashes a full tile and how many entries a full bundle has. Source: C2SP tlog-tiles. */
export const TILE_WIDTH = 256

/** How many tree levels one tile spans: 2^8 = 256. */
export const TILE_HEIGHT = 8

/**
 * One hash tile: hashes `index`·256 … of tree level 8·`level`. `width` < 256 marks a partial tile at the right edge.
 */
export type Tile = { readonly level: number; readonly index: number; readonly width: number }

/** `tile/<L>/<N>[.p/<W>]`: tilePath(0, 1234) is `tile/0/x001/234`. Source: C2SP tlog-tiles, "Merkle Tree". */
export function tilePath(level: number, index: number, width: number = TILE_WIDTH): string {
  return `tile/${level}/${numberPath(index)}${partialSuffix(width)}`
}

/** `tile/entries/<N>[.p/<W>]`. Source: C2SP tlog-tiles, "Log entries". */
export function entriesPath(index: number, width: number = TILE_WIDTH): string {
  return `tile/entries/${numberPath(index)}${partialSuffix(width)}`
}

/** The tile or entry bundle a path names; null when it is not exactly what `tilePath` or `entriesPath` writes. */
export function parseTilePath(path: string): Tile | { readonly level: 'entries'; index: number; width: number } | null {
  const match = /^tile\/(entries|0|[1-5]?[0-9]|6[0-3])\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path)
  if (!match) return null
  const [, level, digits, partial] = match as unknown as [string, string, string, string | undefined]
  const index = Number(digits.replaceAll(/[x/]/g, ''))
  const width = partial === undefined ? TILE_WIDTH : Number(partial)
  if (!Number.isSafeInteger(index) || width < 1 || (partial !== undefined && width >= TILE_WIDTH)) return null
  const canonical = level === 'entries' ? entriesPath(index, width) : tilePath(Number(level), index, width)
  if (canonical !== path) return null
  return level === 'entries' ? { level, index, width } : { level: Number(level), index, width }
}

/** How many hashes a tree of `size` leaves has in all tiles of a tile level together. */
export function hashesAtLevel(size: number, level: number): number {
  return Math.floor(size / TILE_WIDTH ** level)
}

/** How wide tile `index` of a level is in a tree of `size` leaves; 0 when the tree has no such tile. */
export function tileWidth(size: number, level: number, index: number): number {
  return Math.max(0, Math.min(TILE_WIDTH, hashesAtLevel(size, level) - index * TILE_WIDTH))
}

/**
 * The tiles a tree of `to` leaves has and a tree of `from` leaves has not, level by level: what to write when a tree
 * grows. `tilesBetween(0, size)` are all its tiles; those of level 0 are its entry bundles as well.
 */
export function* tilesBetween(from: number, to: number): Generator<Tile> {
  for (let level = 0; hashesAtLevel(to, level) > 0; level++) {
    const had = hashesAtLevel(from, level)
    const has = hashesAtLevel(to, level)
    if (had === has) continue
    for (let index = Math.floor(had / TILE_WIDTH); index * TILE_WIDTH < has; index++) {
      yield { level, index, width: Math.min(TILE_WIDTH, has - index * TILE_WIDTH) }
    }
  }
}

function numberPath(index: number): string {
  let path = String(index % 1000).padStart(3, '0')
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`
  }
  return path
}

function partialSuffix(width: number): string {
  return width === TILE_WIDTH ? '' : `.p/${width}`
}
