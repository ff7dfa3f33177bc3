import { HASH_BYTES, type Hash, sameHash, TILE_WIDTH, tilesBetween } from '@tidemark/proof'
import type { Findings } from './findings.js'
import type { TileEvidence } from './leaf-range.js'
import type { LogReader } from './log-reader.js'
import { readTileFile } from './tile-file.js'
import { authenticate } from './tree-authentication.js'
import { edgeOf, TreeLevels } from './tree-levels.js'

/**
 * Holds entries and tiles against a signed root and says which leaf is bad, and whether its entry or its tile is.
 *
 * Without a root (no checkpoint can be trusted) they are held against each other only. Gives the hashes that are vouched
 * for: by the root, or else by the entries alone.
 */
export async function checkTree(
  reader: LogReader,
  size: number,
  root: Hash | null,
  evidence: readonly TileEvidence[],
  findings: Findings,
): Promise<TreeLevels> {
  const fromEntries = levelsOf(size, evidence, (tile) => [tile.entriesRoot, tile.fromEntries])
  const fromLeafTiles = levelsOf(size, evidence, (tile) => [tile.tileRoot, tile.fromTile])
  const { filed, tiles } = await readUpperTiles(reader, size, fromLeafTiles, findings)
  const authentic = root ? authenticate(root, [fromEntries, fromLeafTiles, filed]) : fromEntries
  if (!authentic) {
    reportRootMismatch(size, evidence, findings)
    return fromEntries
  }
  for (const tile of tiles) compareUpperTile(tile, filed, authentic, findings)
  for (const tile of evidence) compareLeafTile(tile, authentic, findings)
  return authentic
}

type UpperTile = { readonly level: number; readonly index: number; readonly width: number; readonly path: string }

/** The levels that follow from the hashes one party tells of every 256 leaves. */
function levelsOf(
  size: number,
  evidence: readonly TileEvidence[],
  told: (tile: TileEvidence) => [Uint8Array | undefined, Buffer | undefined],
): TreeLevels {
  const levels = new TreeLevels(size)
  for (const tile of evidence) {
    const [root, leaves] = told(tile)
    if (tile.width === TILE_WIDTH && root) levels.set(1, tile.index, root)
    if (tile.width < TILE_WIDTH && leaves) levels.set(0, tile.index * TILE_WIDTH, leaves)
  }
  levels.deriveUpper()
  return levels
}

/** The hashes that the tile files from level 1 up hold; the partial tile of level 0 is taken over. */
async function readUpperTiles(reader: LogReader, size: number, leafTiles: TreeLevels, findings: Findings) {
  const filed = new TreeLevels(size)
  const edge = size % TILE_WIDTH === 0 ? null : leafTiles.edge(0)
  if (edge) filed.set(0, edgeOf(size, 0).index, edge)
  const tiles: UpperTile[] = []
  for (const tile of tilesBetween(0, size)) {
    if (tile.level === 0) continue
    const { bytes, path, missing } = await readTileFile(reader, tile)
    const hashes = Math.min(tile.width, Math.floor(bytes.length / HASH_BYTES))
    filed.set(tile.level, tile.index * TILE_WIDTH, bytes.subarray(0, hashes * HASH_BYTES))
    tiles.push({ ...tile, path })
    if (bytes.length === tile.width * HASH_BYTES) continue
    const leafIndex = (tile.index * TILE_WIDTH + Math.min(hashes, tile.width - 1)) * TILE_WIDTH ** tile.level
    const message = missing ? 'The tile is missing.' : `The tile has ${bytes.length} bytes, not what it must have.`
    const code = missing ? 'tile-missing' : 'tile-length'
    findings.add({ verdict: 'integrity', code, severity: 'failure', leafIndex, file: path, message })
  }
  return { filed, tiles }
}

/** Names the first hash of a tile file that is not the vouched one, and leaves nobody vouches for. */
function compareUpperTile(
  { level, index, width, path }: UpperTile,
  filed: TreeLevels,
  authentic: TreeLevels,
  findings: Findings,
) {
  for (let i = 0; i < width; i++) {
    const at = index * TILE_WIDTH + i
    const vouched = authentic.get(level, at, 1)
    const inFile = filed.get(level, at, 1)
    const leafIndex = at * TILE_WIDTH ** level
    if (vouched && inFile && !vouched.equals(inFile)) {
      const message = `The hash over the leaves from ${leafIndex} on is not the one that follows from the signed root.`
      const place = { leafIndex, file: path, offset: i * HASH_BYTES }
      findings.add({ verdict: 'integrity', code: 'tile-altered', severity: 'failure', ...place, message })
      return
    }
  }
}

/** Says of 256 leaves which side was altered: the entry, its hash in the tile, or both. */
function compareLeafTile(tile: TileEvidence, authentic: TreeLevels, findings: Findings): void {
  const first = tile.index * TILE_WIDTH
  const isFull = tile.width === TILE_WIDTH
  const vouched = isFull ? authentic.get(1, tile.index, 1) : authentic.edge(0)
  const entriesHold = vouched && sides(tile.entriesRoot, tile.fromEntries, isFull, vouched)
  const tileHolds = vouched && sides(tile.tileRoot, tile.fromTile, isFull, vouched)
  if (entriesHold && tileHolds) return
  const difference = tile.difference ?? firstBadOfBoth(tile, vouched, isFull)
  const { leafIndex } = difference
  const place = (leafIndex - first) * HASH_BYTES
  const common = { verdict: 'integrity', severity: 'failure', leafIndex } as const
  if (entriesHold) {
    if (place >= (tile.fromTile?.length ?? 0)) return
    const message = `The hash of leaf ${leafIndex} in its tile is not the one that follows from the signed root.`
    findings.add({ ...common, code: 'tile-altered', message, file: tile.tilePath, offset: place })
  } else if (tileHolds) {
    if (place >= (tile.fromEntries?.length ?? 0)) return
    const message = `The entry of leaf ${leafIndex} is not the one that was signed.`
    findings.add({ ...common, code: 'entry-altered', message, file: tile.entriesPath, offset: difference.entryOffset })
  } else {
    const lastLeafIndex = first + tile.width - 1
    const message = `Of the leaves ${leafIndex} to ${lastLeafIndex} one is not what was signed; neither entries nor tiles tell which.`
    findings.add({ ...common, code: 'leaf-altered', exact: false, lastLeafIndex, message, file: tile.entriesPath })
  }
}

/** Whether what one side tells of a tile is what is vouched for. */
function sides(root: Uint8Array | undefined, leaves: Buffer | undefined, isFull: boolean, vouched: Buffer): boolean {
  return isFull ? root !== undefined && sameHash(root, vouched) : leaves?.equals(vouched) === true
}

/** Entries and tile agree with each other and are both wrong: the first leaf of a partial tile is still known. */
function firstBadOfBoth(tile: TileEvidence, vouched: Buffer | null, isFull: boolean) {
  const first = tile.index * TILE_WIDTH
  if (isFull || !vouched || !tile.fromEntries) return { leafIndex: first, entryOffset: 0 }
  let at = 0
  while (vouched.subarray(at, at + HASH_BYTES).equals(tile.fromEntries.subarray(at, at + HASH_BYTES))) at += HASH_BYTES
  return { leafIndex: first + at / HASH_BYTES, entryOffset: 0 }
}

function reportRootMismatch(size: number, evidence: readonly TileEvidence[], findings: Findings): void {
  const first = evidence.find((tile) => tile.difference)?.difference?.leafIndex
  const message =
    first === undefined
      ? 'Entries and tiles agree with each other, but they do not lead to the signed root.'
      : `Neither entries nor tiles lead to the signed root; they first contradict each other at leaf ${first}.`
  const range = { leafIndex: first ?? 0, lastLeafIndex: size - 1, exact: false }
  findings.add({ verdict: 'integrity', code: 'root-mismatch', severity: 'failure', ...range, message })
}
