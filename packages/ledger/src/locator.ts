import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { writeDurably } from './durable-file.js'
import type { FileSystem } from './file-system.js'
import { firstName } from './log-files.js'
import { checkedLine, parseCheckedLine } from './seal-checked-line.js'
import { packNumbers } from './seal-compress.js'
import { orDamaged, orMissing } from './seal-damage.js'
import { makeDurably } from './seal-directory.js'

/** Which segment each leaf of one sealed WAL went to. Written last: a range with a locator is sealed. */
export type Locator = {
  /** The first leaf. */
  readonly first: number
  /** How many leaves follow from there. */
  readonly count: number
  /** UTC day of receipt of all of them. */
  readonly period: string
  /** `receivedAt` of the first and the last leaf, ms. */
  readonly tFirst: number
  readonly tLast: number
  /** The classes that occur, by number. */
  readonly classes: readonly string[]
}

/** The number of a leaf that is no event. */
export const CONTROL = 255

export const locatorDirectory = (directory: string): string => join(directory, 'locator')

export const locatorPath = (directory: string, first: number): string =>
  join(locatorDirectory(directory), `${firstName(first)}.loc`)

/** Writes the locator durably: a checked JSON line, then the class number of each leaf, one byte each, brotli. */
export async function writeLocator(
  fs: FileSystem,
  directory: string,
  locator: Locator,
  leafClasses: Uint8Array,
): Promise<void> {
  const path = locatorPath(directory, locator.first)
  await makeDurably(fs, directory, dirname(path))
  const body = packNumbers(leafClasses)
  const header = checkedLine({ v: 1, ...locator, body: digestOf(body) })
  await writeDurably(fs, path, Buffer.concat([Buffer.from(`${header}\n`), body]))
}

/** Reads a locator and the class number of each of its leaves. Refused: `corrupt`. */
export async function readLocator(
  fs: FileSystem,
  directory: string,
  first: number,
): Promise<{ locator: Locator; leafClasses: Uint8Array }> {
  const path = locatorPath(directory, first)
  const bytes = await orMissing(path, fs.readFile(path))
  return orDamaged(path, 'it is not a locator as it was written', () => {
    const headerEnd = bytes.indexOf(0x0a)
    const { v, body: digest, ...header } = parseCheckedLine(bytes.toString('utf8', 0, headerEnd))
    const body = bytes.subarray(headerEnd + 1)
    const locator = header as Locator
    if (v !== 1 || locator.first !== first || digestOf(body) !== digest) throw new SyntaxError('not this locator')
    const leafClasses = brotliDecompressSync(body)
    if (leafClasses.length !== locator.count) throw new SyntaxError('not one class for each leaf')
    return { locator, leafClasses }
  })
}

/** The first leaf of every sealed range, ascending. */
export async function sealedFirsts(fs: FileSystem, directory: string): Promise<number[]> {
  const names = await fs.readdir(locatorDirectory(directory))
  return names.flatMap((name) => /^(\d{12,})\.loc$/.exec(name)?.[1] ?? []).map(Number)
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url')
