import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseTilePath, TILE_WIDTH, tileWidth } from '@tidemark/proof'

/** Which files a log's directory holds, by what their names say. */
export type Inventory = {
  /** First leaves of everything sealed, ascending. */
  readonly sealed: readonly number[]
  /** Of those, the ones with a locator, which is written last. */
  readonly locators: readonly number[]
  /** First leaves of the vault files that are there, or must be. */
  readonly vaults: readonly number[]
  readonly idIndexes: readonly number[]
  readonly segments: readonly SegmentName[]
  /** Paths of tiles and entry bundles. */
  readonly tiles: readonly string[]
  /** How many leaves the entry bundles could hold, going by their names. */
  readonly bundledLeaves: number
  /** Files no log has. */
  readonly strangers: readonly string[]
}

/** A segment by the name of its file or of its key's. */
export type SegmentName = { readonly retentionClass: string; readonly period: string; readonly first: number }

/** Lists a log's directory. */
export function takeInventory(directory: string): Inventory {
  const paths = listFiles(directory)
  const tiles = paths.filter((path) => parseTilePath(path) !== null)
  const firsts = (pattern: RegExp) => ascending(paths.flatMap((path) => pattern.exec(path)?.[1] ?? []).map(Number))
  const segments = paths.flatMap((path) => segmentOf(path) ?? [])
  const locators = firsts(/^locator\/(\d{12})\.loc$/)
  return {
    sealed: ascending([...locators, ...segmentFirsts(paths)]),
    locators: ascending(locators),
    vaults: ascending([...locators, ...firsts(/^vault\/(\d{12})\.vault$/)]),
    idIndexes: firsts(/^ids\/(\d{12})\.ids$/),
    segments: [...new Map(segments.map((segment) => [JSON.stringify(segment), segment])).values()],
    tiles,
    bundledLeaves: tiles.reduce((most, path) => Math.max(most, leavesOf(path)), 0),
    strangers: paths.filter((path) => !KNOWN.some((pattern) => pattern.test(path)) && !parseTilePath(path)),
  }
}

/** Which tiles a tree of that size does not need: older partial ones, or ones of a larger tree. */
export function spareTiles(tiles: readonly string[], size: number): string[] {
  return tiles.filter((path) => {
    const { level, index, width } = parseTilePath(path)!
    return tileWidth(size, level === 'entries' ? 0 : level, index) !== width
  })
}

/** All files below a directory, by path with slashes. */
function listFiles(directory: string): string[] {
  const files: string[] = []
  const visit = (path: string) => {
    for (const entry of entriesOf(join(directory, path))) {
      const inner = path === '' ? entry.name : `${path}/${entry.name}`
      if (entry.isDirectory()) visit(inner)
      else files.push(inner)
    }
  }
  visit('')
  return files
}

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function segmentOf(path: string): SegmentName | null {
  const match = /^(?:segments|keys)\/([a-z][a-z_]{0,31})\/(\d{4}-\d\d-\d\d)-(\d{12})\.(?:seg|key)$/.exec(path)
  return match && { retentionClass: match[1]!, period: match[2]!, first: Number(match[3]) }
}

/** A key is written long before its segment; only the segment shows that a range is sealed. */
function segmentFirsts(paths: readonly string[]): number[] {
  return paths.flatMap((path) => (path.startsWith('segments/') ? (segmentOf(path)?.first ?? []) : []))
}

function leavesOf(path: string): number {
  const tile = parseTilePath(path)
  return tile?.level === 'entries' ? tile.index * TILE_WIDTH + tile.width : 0
}

const ascending = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b)

const KNOWN = [
  /^checkpoint$/,
  /^wal\/\d{12}\.wal$/,
  /^locator\/\d{12}\.loc$/,
  /^ids\/\d{12}\.ids$/,
  /^vault\/(\d{12}\.vault|people\.keys)$/,
  /^segments\/[a-z_]+\/\d{4}-\d\d-\d\d-\d{12}\.seg$/,
  /^keys\/[a-z_]+\/\d{4}-\d\d-\d\d-\d{12}\.key$/,
  /^followers\/[a-z0-9-]+\.json$/,
  /\.tmp$/,
]
