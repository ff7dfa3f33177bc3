import { join } from 'node:path'
import type { FileSystem } from './file-system.js'
import { firstName } from './log-files.js'
import { checkedLine, parseCheckedLine } from './seal-checked-line.js'
import { orDamaged, orMissing } from './seal-damage.js'

/** The last line of a vault file. Number ranges include both their ends. */
export type VaultTrailer = {
  /** The first leaf of the WAL it was made from. */
  readonly first: number
  readonly count: number
  /** All records that were ever used up to here have smaller numbers. */
  readonly next: number
  /** The records in this file, in its order. */
  readonly records: readonly NumberRange[]
  /** Numbers below `next` that are in no vault file so far: given out, but their event was not written in its turn. */
  readonly missing: readonly NumberRange[]
  /** Where every 64th line starts, from the first on; the last of them is where this line starts. */
  readonly offsets: readonly number[]
}

export type NumberRange = readonly [number, number]

export const vaultDirectory = (directory: string): string => join(directory, 'vault')

export const vaultPath = (directory: string, first: number): string =>
  join(vaultDirectory(directory), `${firstName(first)}.vault`)

/** The trailer of a file that holds `records`, in this order, after the range whose trailer is `previous`. */
export function trailerOf(
  first: number,
  records: readonly number[],
  offsets: readonly number[],
  previous: Pick<VaultTrailer, 'next' | 'missing'>,
): VaultTrailer {
  const next = records.reduce((highest, record) => Math.max(highest, record + 1), previous.next)
  const missing = without(previous.missing, previous.next, next, new Set(records))
  return { first, count: records.length, next, records: rangesOf(records), missing, offsets }
}

/** Reads the trailer of a vault file. Refused: `corrupt`. */
export async function readVaultTrailer(fs: FileSystem, directory: string, first: number): Promise<VaultTrailer> {
  const path = vaultPath(directory, first)
  const line = await lastLine(fs, path)
  return orDamaged(path, 'its last line is not as it was written', () => {
    const { v, ...trailer } = parseCheckedLine(line.slice(0, -1))
    if (v !== 1 || trailer.first !== first || !line.endsWith('\n'))
      throw new SyntaxError('not the trailer of this file')
    return trailer as VaultTrailer
  })
}

/** Whether a number lies in one of the ranges. */
export const isWithin = (ranges: readonly NumberRange[], number: number): boolean =>
  ranges.some(([from, to]) => from <= number && number <= to)

/** How many numbers stand before `number` in the ranges; undefined when it is in none. */
export function placeOf(ranges: readonly NumberRange[], number: number): number | undefined {
  let before = 0
  for (const [from, to] of ranges) {
    if (from <= number && number <= to) return before + number - from
    before += to - from + 1
  }
  return undefined
}

/** The trailer as a line with its newline. */
export const trailerLine = (trailer: VaultTrailer): string => `${checkedLine({ v: 1, ...trailer })}\n`

async function lastLine(fs: FileSystem, path: string): Promise<string> {
  const file = await orMissing(path, fs.open(path, 'read'))
  try {
    const size = await file.size()
    for (let length = TRAILER_GUESS; ; length *= 4) {
      const tail = await file.read(Math.max(0, size - length), Math.min(size, length))
      const start = tail.lastIndexOf(0x0a, -2) + 1
      if (start > 0 || length >= size) return tail.toString('utf8', start)
    }
  } finally {
    await file.close()
  }
}

/** Ascending runs of numbers as ranges, in the order given. */
function rangesOf(numbers: readonly number[]): NumberRange[] {
  const ranges: [number, number][] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last?.[1] === number - 1) last[1] = number
    else ranges.push([number, number])
  }
  return ranges
}

/** Of `missing` and the numbers from `from` to `to` − 1, those that are not `written`. */
function without(missing: readonly NumberRange[], from: number, to: number, written: Set<number>): NumberRange[] {
  const left: number[] = []
  for (const [start, end] of [...missing, [from, to - 1] as const]) {
    for (let number = start; number <= end; number++) if (!written.has(number)) left.push(number)
  }
  return rangesOf(left)
}

/** `offsets` has the place of every so manyeth line. */
export const LINES_PER_OFFSET = 64
/** Most trailers are shorter than this. */
const TRAILER_GUESS = 16_384
