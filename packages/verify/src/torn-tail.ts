import { crc32 } from 'node:zlib'
import { formatWalCommit, readWalLine } from './wal-line.js'

/**
 * Whether the bytes behind the last commit line are what an interrupted write leaves: whole lines in order, then the
 * beginning of another or of their commit line; or sectors the disk never wrote. `offset` is where they begin in the
 * file, `leaf` the leaf the next line must be.
 */
export function isTornTail(tail: Buffer, offset: number, leaf: number): boolean {
  if (isUnwrittenRegion(tail, offset)) return true
  let next = leaf
  let start = 0
  for (let end = tail.indexOf(NEWLINE); end >= 0; end = tail.indexOf(NEWLINE, start)) {
    if (readWalLine(tail, start, end)?.leafIndex !== next++) return false
    start = end + 1
  }
  const rest = tail.toString('latin1', start)
  const commit = `${formatWalCommit({ count: next - leaf, crc32: crc32(tail.subarray(0, start)), size: next })}\n`
  const line = `{"i":${next},"e":{`
  return commit.startsWith(rest) || line.startsWith(rest) || rest.startsWith(line)
}

/**
 * Whether a run of NUL bytes begins with the batch or a sector, and ends with a sector or the file: a power cut came before
 * the disk had written them all. JSON lines hold no NUL.
 */
export function isUnwrittenRegion(bytes: Buffer, offset: number): boolean {
  const start = bytes.indexOf(0)
  if (start < 0) return false
  let end = start
  while (bytes[end] === 0) end++
  const atSector = (at: number) => (offset + at) % SECTOR_BYTES === 0
  return (start === 0 || atSector(start)) && (end === bytes.length || atSector(end))
}

const NEWLINE = 0x0a
const SECTOR_BYTES = 512
