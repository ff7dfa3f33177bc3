import { readCheckedLine } from './checked-line.js'
import { decodeBase64url } from './gcm.js'

/** One line of a vault file, not opened. */
export type VaultRecord = {
  readonly record: number
  /** SHA-256(salt ‖ personal text). */
  readonly digest: Buffer
  readonly slot: number
  readonly nonce: Buffer
  readonly sealed: Buffer
  /** Where the line begins in the file. */
  readonly offset: number
}

/** The records of a vault file, and the lines in it that are not spelled as records are. */
export type VaultFile = {
  readonly records: readonly VaultRecord[]
  readonly malformed: readonly number[]
  /** Whether the last line says truly what the lines before it hold. */
  readonly trailerHolds: boolean
}

/**
 * Reads `vault/<first>.vault`: a line per record, {"r":number,"d":digest,"k":slot,"n":nonce,"x":cipher text}, and a checked
 * line that lists them.
 */
export function readVaultFile(file: Buffer, first: number): VaultFile {
  const records: VaultRecord[] = []
  const malformed: number[] = []
  const trailerStart = file.lastIndexOf(NEWLINE, -2) + 1
  for (let start = 0; start < trailerStart; ) {
    const end = file.indexOf(NEWLINE, start)
    const record = readRecord(file.toString('latin1', start, end), start)
    if (record) records.push(record)
    else malformed.push(start)
    start = end + 1
  }
  const trailer = file.toString('latin1', trailerStart, file.length)
  return { records, malformed, trailerHolds: isTrailerOf(trailer, first, records, trailerStart) }
}

function readRecord(line: string, offset: number): VaultRecord | null {
  const match = RECORD.exec(line)
  if (!match) return null
  const [, record, d, slot, n, x] = match as unknown as [string, string, string, string, string, string]
  const [digest, sealed] = [decodeBase64url(d), decodeBase64url(x)]
  if (!digest || !sealed || !Number.isSafeInteger(Number(record))) return null
  return { record: Number(record), digest, slot: Number(slot), nonce: Buffer.from(n, 'base64url'), sealed, offset }
}

/** The trailer has a name for every record, in order, and the place of every 64th line. */
function isTrailerOf(text: string, first: number, records: readonly VaultRecord[], trailerStart: number): boolean {
  const trailer = text.endsWith('\n') ? readCheckedLine(text.slice(0, -1)) : null
  if (trailer?.v !== 1 || trailer.first !== first || trailer.count !== records.length) return false
  const offsets = records.filter((_, i) => i % LINES_PER_OFFSET === 0).map(({ offset }) => offset)
  const listed = expand(trailer.records)
  if (!listed || listed.length !== records.length) return false
  const inOrder = records.every(({ record }, i) => record === listed[i] && record < (trailer.next as number))
  return inOrder && JSON.stringify(trailer.offsets) === JSON.stringify([...offsets, trailerStart])
}

/** [[0, 2], [7, 7]] → 0 1 2 7; null when it is no such list, or an unreasonable one. */
function expand(ranges: unknown): number[] | null {
  const numbers: number[] = []
  if (!Array.isArray(ranges)) return null
  for (const [from, to] of ranges) {
    if (!(from <= to && to - from < MOST_RECORDS)) return null
    for (let number = from; number <= to; number++) numbers.push(number)
  }
  return numbers
}

const RECORD = /^\{"r":(0|[1-9]\d*),"d":"([\w-]{43})","k":(0|[1-9]\d*),"n":"([\w-]{16})","x":"([\w-]+)"\}$/
const LINES_PER_OFFSET = 64
/** A range has no more leaves, so no more records. */
const MOST_RECORDS = 65_536
const NEWLINE = 0x0a
