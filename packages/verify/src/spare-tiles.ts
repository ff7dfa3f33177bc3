import { HASH_BYTES, parseTilePath, TILE_WIDTH, tileWidth } from '@tidemark/proof'
import type { Findings } from './findings.js'
import type { LogReader } from './log-reader.js'
import { readBundleFile, readTileFile } from './tile-file.js'

/**
 * Checks tiles and bundles a log still keeps besides those of its tree: as far as both go, they must say the same as the
 * newer ones. What lies behind the last signed leaf is not judged; nobody vouches for it yet.
 */
export async function checkSpareTiles(
  reader: LogReader,
  size: number,
  paths: readonly string[],
  findings: Findings,
): Promise<void> {
  for (const path of paths) {
    const { level, index, width } = parseTilePath(path)!
    const tileLevel = level === 'entries' ? 0 : level
    const tile = { level: tileLevel, index, width: tileWidth(size, tileLevel, index) }
    if (tile.width === 0) continue
    const current = level === 'entries' ? await readBundleFile(reader, tile) : await readTileFile(reader, tile)
    const spare = await reader.read(path)
    if (!spare) continue
    const common = Math.min(spare.length, current.bytes.length)
    const differs = firstDifference(spare, current.bytes, common)
    const isShort = spare.length < current.bytes.length && (width >= tile.width || !isWhole(spare, level, width))
    if (current.missing || (differs === common && !isShort)) continue
    const first = index * TILE_WIDTH ** (tileLevel + 1)
    const leafIndex = first + (level === 'entries' ? 0 : Math.floor(differs / HASH_BYTES) * TILE_WIDTH ** tileLevel)
    const message = 'A tile of an earlier tree differs from the newer one.'
    const place = {
      leafIndex,
      exact: level !== 'entries',
      lastLeafIndex: first + width - 1,
      file: path,
      offset: differs,
    }
    findings.add({ verdict: 'integrity', code: 'spare-tile-altered', severity: 'failure', ...place, message })
  }
}

/** Whether a tile that is shorter than the newer one is as long as its own name says. */
function isWhole(bytes: Buffer, level: number | 'entries', width: number): boolean {
  if (level !== 'entries') return bytes.length === width * HASH_BYTES
  let at = 0
  for (let count = 0; count < width; count++) {
    if (at + 2 > bytes.length) return false
    at += 2 + bytes.readUInt16BE(at)
  }
  return at === bytes.length
}

function firstDifference(a: Buffer, b: Buffer, length: number): number {
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i
  return length
}
