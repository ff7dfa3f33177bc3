import { fullSubtreeRoot, HASH_BYTES, hashLeafInto, TILE_WIDTH, type Tile, tileWidth } from '@tidemark/proof'
import { EntryReader } from './entry.js'
import type { LogReader } from './log-reader.js'
import type { RangeState } from './range-state.js'
import { readBundleFile, readTileFile, type TileFile } from './tile-file.js'

/** What entries and tile of 256 leaves (fewer at the right edge) say about their hashes. */
export type TileEvidence = {
  readonly index: number
  readonly width: number
  /** The leaf hashes; kept only at the right edge and where the two sides differ. */
  readonly fromEntries?: Buffer
  readonly fromTile?: Buffer
  /** The root over 256 hashes; absent when some are missing. */
  readonly entriesRoot?: Uint8Array
  readonly tileRoot?: Uint8Array
  /** The first leaf where they differ, or where one side has none. */
  readonly difference?: { readonly leafIndex: number; readonly entryOffset: number }
  readonly entriesPath: string
  readonly tilePath: string
}

/**
 * Reads and hashes the signed entries of a range and compares them with their tiles; `size` is that of the whole log.
 * `onLeaves` hears how many leaves were read, tile by tile.
 */
export async function readLeafRange(
  reader: LogReader,
  size: number,
  state: RangeState,
  onLeaves: (leaves: number) => void = () => {},
): Promise<TileEvidence[]> {
  const evidence: TileEvidence[] = []
  const first = state.first / TILE_WIDTH
  const tiles = Array.from({ length: Math.ceil(state.signedEnd / TILE_WIDTH) - first }, (_, i) => ({
    level: 0,
    index: first + i,
    width: tileWidth(size, 0, first + i),
  }))
  for await (const [tile, bundle, hashes] of readAhead(reader, tiles)) {
    evidence.push(compareTile(tile, bundle, hashes, state))
    onLeaves(tile.width)
  }
  return evidence
}

/** Reads tiles and bundles in order, some ahead of the one asked for: over a network the way there takes longest. */
async function* readAhead(reader: LogReader, tiles: readonly Tile[]) {
  const pending: Promise<[Tile, TileFile, TileFile]>[] = []
  for (let next = 0; next < tiles.length || pending.length > 0; ) {
    for (; next < tiles.length && pending.length < TILES_AHEAD; next++) {
      const reading = readBoth(reader, tiles[next] as Tile)
      reading.catch(() => undefined)
      pending.push(reading)
    }
    yield await (pending.shift() as Promise<[Tile, TileFile, TileFile]>)
  }
}

async function readBoth(reader: LogReader, tile: Tile): Promise<[Tile, TileFile, TileFile]> {
  const [bundle, hashes] = await Promise.all([readBundleFile(reader, tile), readTileFile(reader, tile)])
  return [tile, bundle, hashes]
}

function compareTile(tile: Tile, bundle: TileFile, hashes: TileFile, state: RangeState): TileEvidence {
  const { index, width } = tile
  const first = index * TILE_WIDTH
  const { count, offsets } = addEntries(first, width, bundle, state)
  reportBundle(first, width, bundle, count, offsets[count] as number, state)
  if (hashes.bytes.length !== width * HASH_BYTES) reportTile(first, width, hashes, state)
  const fromEntries = state.hashesOf(first, count)
  const tileHashes = Math.min(width, Math.floor(hashes.bytes.length / HASH_BYTES))
  const fromTile = hashes.bytes.subarray(0, tileHashes * HASH_BYTES)
  const same = firstDifference(fromEntries, fromTile)
  const evidence = { index, width, entriesPath: bundle.path, tilePath: hashes.path }
  if (same === TILE_WIDTH) {
    const root = fullSubtreeRoot(fromEntries)
    return { ...evidence, entriesRoot: root, tileRoot: root }
  }
  const difference = { leafIndex: first + same, entryOffset: offsets[Math.min(same, count)] as number }
  return {
    ...evidence,
    fromEntries: Buffer.from(fromEntries),
    fromTile,
    ...(count === TILE_WIDTH && { entriesRoot: fullSubtreeRoot(fromEntries) }),
    ...(tileHashes === TILE_WIDTH && { tileRoot: fullSubtreeRoot(fromTile) }),
    ...(same < width && { difference }),
  }
}

/** Hashes and reads up to `width` entries; stops at the first that is cut short. */
function addEntries(first: number, width: number, { bytes, path }: TileFile, state: RangeState) {
  const offsets = new Uint32Array(width + 1)
  let count = 0
  for (let offset = 0; count < width && offset + 2 <= bytes.length; count++) {
    const start = offset + 2
    offset = start + bytes.readUInt16BE(offset)
    if (offset > bytes.length) break
    const leafIndex = first + count
    hashLeafInto(bytes.subarray(start, offset), state.leafHashes, (leafIndex - state.first) * HASH_BYTES)
    if (!state.addEntry(entry, leafIndex, bytes, start, offset)) {
      fail(state, 'entry-malformed', leafIndex, 'The entry is not spelled as an entry must be.', path, start)
    }
    offsets[count + 1] = offset
  }
  return { count, offsets }
}

function reportBundle(
  first: number,
  width: number,
  { missing, wider, path, bytes }: TileFile,
  count: number,
  end: number,
  state: RangeState,
): void {
  if (missing) {
    fail(state, 'entries-missing', first, `The entries from leaf ${first} on are missing.`, path)
  } else if (count < width) {
    fail(state, 'entries-truncated', first + count, `The entry bundle ends before leaf ${first + count}.`, path, end)
  } else if (!wider && end !== bytes.length) {
    const last = first + width - 1
    fail(state, 'entries-overlong', last, `Something stands behind leaf ${last}, the last of the bundle.`, path, end)
  }
}

function reportTile(first: number, width: number, { bytes, missing, path }: TileFile, state: RangeState): void {
  const leafIndex = first + Math.min(width - 1, Math.floor(bytes.length / HASH_BYTES))
  if (missing) fail(state, 'tile-missing', leafIndex, 'The tile is missing.', path)
  else fail(state, 'tile-length', leafIndex, `The tile has ${bytes.length} bytes, not ${width * HASH_BYTES}.`, path)
}

function fail(state: RangeState, code: string, leafIndex: number, message: string, file: string, offset?: number) {
  state.fail(code, { leafIndex, message, file, ...(offset !== undefined && { offset }) })
}

/** How many hashes from the front on are the same. */
function firstDifference(a: Buffer, b: Buffer): number {
  if (a.equals(b)) return a.length / HASH_BYTES
  const common = Math.min(a.length, b.length) / HASH_BYTES
  for (let i = 0; i < common; i++) {
    if (a.compare(b, i * HASH_BYTES, (i + 1) * HASH_BYTES, i * HASH_BYTES, (i + 1) * HASH_BYTES) !== 0) return i
  }
  return common
}

const entry = new EntryReader()
const TILES_AHEAD = 8
