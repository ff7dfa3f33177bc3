import { crc32 } from 'node:zlib'
import type { RangeState } from './range-state.js'
import { RANGE_LEAVES } from './range-state.js'
import type { SegmentKey } from './segment-key.js'
import { isTornTail, isUnwrittenRegion } from './torn-tail.js'
import { WalEventCheck } from './wal-event-check.js'
import { formatWalCommit } from './wal-line.js'

/** A write-ahead file. */
export type WalFile = {
  readonly first: number
  /** Path inside the log. */
  readonly path: string
  readonly bytes: Buffer
  /** Only the newest may end in a batch that never happened. */
  readonly isNewest: boolean
}

/** The key of a segment that a write-ahead file will become; null when it cannot be opened. */
export type KeyOf = (retentionClass: string, period: string, first: number) => SegmentKey | null

/**
 * Checks a write-ahead file batch by batch: checksums, order, each entry against the signed one, each event against its
 * entry. Takes in the entries no checkpoint covers yet.
 */
export function checkWal(wal: WalFile, keyOf: KeyOf, state: RangeState): void {
  const { bytes, path } = wal
  const events = new WalEventCheck(wal, keyOf, state)
  let leaf = wal.first
  let batchStart = 0
  for (let lineStart = 0; ; ) {
    const lineEnd = bytes.indexOf(NEWLINE, lineStart)
    if (lineEnd < 0) break
    if (!isCommit(bytes, lineStart)) {
      lineStart = lineEnd + 1
      continue
    }
    const lines = bytes.subarray(batchStart, lineStart)
    const isLast = wal.isNewest && lineEnd + 1 === bytes.length
    const count = countLines(lines)
    const expected = formatWalCommit({ count, crc32: crc32(lines), size: leaf + count })
    const holds = bytes.toString('latin1', lineStart, lineEnd) === expected
    if (!holds && isLast && isUnwrittenRegion(lines, batchStart)) break
    if (!holds) reportChecksum(leaf, count, lineStart, wal, state)
    leaf = events.checkLines(batchStart, lineStart, leaf)
    batchStart = lineStart = lineEnd + 1
    if (leaf > state.first + RANGE_LEAVES) return
  }
  if (batchStart === bytes.length) return
  const torn = wal.isNewest && isTornTail(bytes.subarray(batchStart), batchStart, leaf)
  const message = torn
    ? `${bytes.length - batchStart} bytes stand behind the last commit line: a batch that was interrupted and never acknowledged.`
    : `From leaf ${leaf} on the file holds what no interrupted write can have left.`
  const about = torn ? { severity: 'notice' as const } : { severity: 'failure' as const, leafIndex: leaf }
  const code = torn ? 'wal-torn' : 'wal-malformed'
  state.findings.add({ verdict: 'integrity', code, ...about, message, file: path, offset: batchStart })
}

function reportChecksum(leaf: number, count: number, offset: number, { path }: WalFile, state: RangeState): void {
  const lastLeafIndex = leaf + Math.max(1, count) - 1
  const message = `The batch of leaf ${leaf} to ${lastLeafIndex} does not match the checksum in its commit line.`
  const place = { leafIndex: leaf, lastLeafIndex, exact: false, file: path, offset }
  state.findings.add({ verdict: 'integrity', code: 'wal-checksum', severity: 'failure', ...place, message })
}

function isCommit(bytes: Buffer, at: number): boolean {
  return bytes[at + 2] === COMMIT[2] && bytes.subarray(at, at + COMMIT.length).equals(COMMIT)
}

function countLines(lines: Buffer): number {
  let count = 0
  for (let at = lines.indexOf(NEWLINE); at >= 0; at = lines.indexOf(NEWLINE, at + 1)) count++
  return count
}

const COMMIT = Buffer.from('{"commit":')
const NEWLINE = 0x0a
