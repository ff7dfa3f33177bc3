import { crc32 } from 'node:zlib'
import type { OpenFile } from './file-system.js'
import { LedgerError } from './ledger-error.js'
import { commitLine } from './wal-line.js'
import { readCommit, readRecord } from './wal-record.js'

/** The lines of one committed batch, without the commit line. `offset` is their byte position in the file. */
export type WalBatch = {
  readonly offset: number
  readonly lines: Buffer
  readonly first: number
  readonly size: number
}

/** Where the committed part of a WAL ends, and what stands behind it: nothing, or a batch that never happened. */
export type WalEnd = { readonly bytes: number; readonly size: number; readonly torn: boolean }

/**
 * Reads a WAL batch by batch, checking each against its commit line.
 *
 * A tail without a commit line that looks like an interrupted write is left out (`torn`): it was never acknowledged.
 * Refused as `corrupt`, with file and offset: anything that an interrupted write cannot have left.
 */
export async function scanWal(
  file: OpenFile,
  path: string,
  first: number,
  onBatch: (batch: WalBatch) => void,
): Promise<WalEnd> {
  const fileBytes = await file.size()
  let offset = 0
  let size = first
  let ahead = Buffer.alloc(0)
  for (;;) {
    const end = endOfBatch(ahead)
    if (end) {
      const lines = ahead.subarray(0, end.commitStart)
      const count = checkBatch(lines, end.commit, size, { path, offset, last: offset + end.next === fileBytes })
      if (count === null) return { bytes: offset, size, torn: true }
      onBatch({ offset, lines, first: size, size: size + count })
      size += count
      offset += end.next
      ahead = ahead.subarray(end.next)
    } else if (offset + ahead.length < fileBytes) {
      const more = await file.read(offset + ahead.length, Math.max(WINDOW_BYTES, ahead.length))
      if (more.length === 0) throw new LedgerError('io', `${path} became shorter while it was read`, { file: path })
      ahead = Buffer.concat([ahead, more])
    } else {
      judgeTail(ahead, size, path, offset)
      return { bytes: offset, size, torn: ahead.length > 0 }
    }
  }
}

/** Calls `onLine` for every line in `lines` (which ends in a newline) with its byte range, the newline left out. */
export function eachLine(lines: Buffer, onLine: (start: number, end: number) => void): void {
  for (let start = 0; start < lines.length; ) {
    const end = lines.indexOf(NEWLINE, start)
    onLine(start, end)
    start = end + 1
  }
}

type BatchEnd = { readonly commit: string; readonly commitStart: number; readonly next: number }

/** The first whole line that begins like a commit line. */
function endOfBatch(bytes: Buffer): BatchEnd | null {
  for (let start = 0; ; ) {
    const end = bytes.indexOf(NEWLINE, start)
    if (end < 0) return null
    if (bytes[start + 2] === LETTER_C && bytes.subarray(start, start + COMMIT.length).equals(COMMIT)) {
      return { commit: bytes.toString('latin1', start, end), commitStart: start, next: end + 1 }
    }
    start = end + 1
  }
}

/** How many leaves the batch has; null when it is a torn write at the very end. Refused: `corrupt`. */
function checkBatch(
  lines: Buffer,
  commit: string,
  size: number,
  { path, offset, last }: { path: string; offset: number; last: boolean },
): number | null {
  const said = readCommit(commit)
  const count = countLines(lines)
  if (said && said.crc32 === crc32(lines) && said.count === count && said.size === size + count) return count
  if (last && isUnwrittenRegion(lines, offset)) return null
  throw corrupt(path, offset, 'a batch does not match the checksum in its commit line')
}

/** Refuses a tail without commit line, unless it is what an interrupted write leaves: a beginning, or unwritten sectors. */
function judgeTail(tail: Buffer, size: number, path: string, offset: number): void {
  if (tail.length === 0 || isUnwrittenRegion(tail, offset)) return
  const linesEnd = tail.lastIndexOf(NEWLINE) + 1
  const lines = tail.subarray(0, linesEnd)
  let index = size
  eachLine(lines, (start, end) => {
    if (readRecord(lines.toString('utf8', start, end), 0)?.index !== index++) {
      throw corrupt(path, offset + start, 'a line is neither an entry nor a commit')
    }
  })
  const rest = tail.toString('latin1', linesEnd)
  const expected = [`{"i":${index},"e":{`, commitLine(index - size, crc32(lines), index)]
  if (!expected.some((text) => text.startsWith(rest) || (text.endsWith('{') && rest.startsWith(text)))) {
    throw corrupt(path, offset + linesEnd, 'the last line is neither an entry nor a commit')
  }
}

/**
 * Whether a run of NUL bytes shows that a power cut came before the disk had all sectors: it starts at the beginning of
 * the batch or of a sector, and ends at the end of a sector or of the file. JSON lines hold no NUL.
 */
function isUnwrittenRegion(bytes: Buffer, offset: number): boolean {
  const start = bytes.indexOf(0)
  if (start < 0) return false
  let end = start
  while (end < bytes.length && bytes[end] === 0) end++
  return (
    (start === 0 || (offset + start) % SECTOR_BYTES === 0) &&
    (end === bytes.length || (offset + end) % SECTOR_BYTES === 0)
  )
}

function countLines(lines: Buffer): number {
  let count = 0
  eachLine(lines, () => count++)
  return count
}

const corrupt = (path: string, offset: number, what: string) =>
  new LedgerError('corrupt', `${path}, byte ${offset}: ${what}.`, {
    file: path,
    offset,
    advice:
      'Something changed this file after it was acknowledged. Keep a copy of the data directory, run `tidemark verify` ' +
      'on it to see how far it is sound, and restore the newest good backup with `tidemark restore`.',
  })

const WINDOW_BYTES = 4 * 1024 * 1024
const SECTOR_BYTES = 512
const NEWLINE = 0x0a
const LETTER_C = 0x63
const COMMIT = Buffer.from('{"commit":')
