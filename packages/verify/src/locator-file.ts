import { hash } from 'node:crypto'
import { brotliDecompressSync } from 'node:zlib'
import { readCheckedLine } from './checked-line.js'
import { RANGE_LEAVES } from './range-state.js'

/** Which class each leaf of a sealed range is filed under. */
export type LocatorFile = {
  readonly first: number
  readonly count: number
  /** UTC day of receipt of all leaves. */
  readonly period: string
  readonly tFirst: number
  readonly tLast: number
  readonly classes: readonly string[]
  /** A class number per leaf; 255 for a control entry. */
  readonly leafClasses: Uint8Array
}

/** The class number of a leaf that is no event. */
export const NO_CLASS = 255

/** Reads `locator/<first>.loc`: a checked JSON line, then a byte per leaf in brotli. Null when a byte of it is wrong. */
export function readLocatorFile(file: Buffer, first: number): LocatorFile | null {
  const lineEnd = file.indexOf(0x0a)
  const header = readCheckedLine(file.toString('utf8', 0, Math.max(0, lineEnd)))
  const body = file.subarray(lineEnd + 1)
  if (header?.v !== 1 || header.first !== first || header.body !== hash('sha256', body, 'base64url')) return null
  try {
    const leafClasses = brotliDecompressSync(body, { maxOutputLength: RANGE_LEAVES })
    return leafClasses.length === header.count ? { ...(header as Omit<LocatorFile, 'leafClasses'>), leafClasses } : null
  } catch {
    return null
  }
}
