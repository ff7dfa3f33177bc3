import { join } from 'node:path'
import { parseTilePath } from '@tidemark/proof'
import { readIfThere } from '../log-reader.js'
import { readSegmentFooter } from '../segment-footer.js'

/**
 * Which leaf a byte of a log's file speaks of first; undefined where it speaks of no single one. Tests compare this with
 * what a verdict names.
 */
export function leafAt(directory: string, path: string, offset: number): number | undefined {
  const bytes = readIfThere(join(directory, path))!
  const tile = parseTilePath(path)
  if (tile?.level === 'entries') return tile.index * 256 + entryAt(bytes, offset)
  if (tile) return (tile.index * 256 + Math.floor(offset / 32)) * 256 ** tile.level
  if (path.startsWith('segments/')) return segmentLeafAt(bytes, offset)
  return undefined
}

/** The leaf of the line that holds a byte of a write-ahead file; undefined for a commit line. */
export function walLeafAt(bytes: Buffer, offset: number): number | undefined {
  const start = bytes.lastIndexOf(0x0a, offset - 1) + 1
  const index = /^\{"i":(\d+)/.exec(bytes.toString('latin1', start, start + 20))?.[1]
  return index === undefined ? undefined : Number(index)
}

function entryAt(bundle: Buffer, offset: number): number {
  let entry = 0
  for (let at = 0; at + 2 + bundle.readUInt16BE(at) <= offset; entry++) at += 2 + bundle.readUInt16BE(at)
  return entry
}

/** The first event of the frame that holds the byte; of the segment, when it is no frame's. */
function segmentLeafAt(bytes: Buffer, offset: number): number | undefined {
  const footer = readSegmentFooter(bytes)!
  const frame = footer.frames.findIndex(([start, length]) => offset >= start && offset < start + length)
  return footer.leaves[Math.max(0, frame) * 256]
}
