import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { writeDurably } from './durable-file.js'
import type { FileSystem } from './file-system.js'
import { fingerprintOf, timeOfId } from './id-index-hash.js'
import { type Span, spansOf } from './id-index-spans.js'
import { firstName } from './log-files.js'
import { checkedLine, parseCheckedLine } from './seal-checked-line.js'
import { damaged, orDamaged } from './seal-damage.js'
import { makeDurably } from './seal-directory.js'

/**
 * The ids of one sealed range, for retries: which leaves may carry an id. Five bytes each, because the id itself is
 * confirmed from the segment.
 *
 *     checked JSON line ‖ 257 × u32be (how many entries stand before each bucket) ‖ entries
 *
 * A bucket holds the fingerprints with the same highest byte; an entry is the other three bytes, big-endian, and the leaf
 * index relative to `first`, u16be. Entries are ascending.
 */
export type IdRun = {
  readonly first: number
  readonly count: number
  /** `receivedAt` of the newest leaf of the range, ms: a run is of use until seven days later. */
  readonly tLast: number
  /** Which times the ids name. */
  readonly spans: readonly Span[]
  /** CRC-32 (zlib) of everything behind the line. */
  readonly crc32: number
  /** Length of the line with its newline. */
  readonly bodyAt: number
}

/** The ids of a range in the order in which they are found. */
export class IdRunBuilder {
  readonly #ids: string[] = []
  readonly #leaves: number[] = []

  add(id: string, leaf: number): void {
    this.#ids.push(id)
    this.#leaves.push(leaf)
  }

  /** Writes the run durably. `tLast` is the `receivedAt` of the newest leaf of the range. */
  async write(fs: FileSystem, directory: string, first: number, tLast: number): Promise<void> {
    const body = this.#body(first)
    const spans = spansOf(Float64Array.from(this.#ids, timeOfId), MOST_SPANS)
    const line = checkedLine({ v: 1, first, count: this.#ids.length, tLast, spans, crc32: crc32(body) })
    const path = idRunPath(directory, first)
    await makeDurably(fs, directory, dirname(path))
    await writeDurably(fs, path, Buffer.concat([Buffer.from(`${line}\n`), body]))
  }

  #body(first: number): Buffer {
    const count = this.#ids.length
    const entries = Float64Array.from(
      this.#ids,
      (id, i) => fingerprintOf(id) * MOST_LEAVES + (this.#leaves[i] as number) - first,
    ).sort()
    const body = Buffer.alloc(BUCKETS_BYTES + count * ENTRY_BYTES)
    let bucket = 0
    for (const [i, entry] of entries.entries()) {
      const fingerprint = Math.floor(entry / MOST_LEAVES)
      for (; bucket <= fingerprint >>> 24; bucket++) body.writeUInt32BE(i, bucket * 4)
      body.writeUIntBE(fingerprint & 0xffffff, BUCKETS_BYTES + i * ENTRY_BYTES, 3)
      body.writeUInt16BE(entry % MOST_LEAVES, BUCKETS_BYTES + i * ENTRY_BYTES + 3)
    }
    for (; bucket <= BUCKETS; bucket++) body.writeUInt32BE(count, bucket * 4)
    return body
  }
}

/** Reads the line of a run. Refused: `corrupt`. */
export async function readIdRun(fs: FileSystem, directory: string, first: number): Promise<IdRun> {
  const path = idRunPath(directory, first)
  const file = await fs.open(path, 'read')
  try {
    const head = await file.read(0, LONGEST_LINE)
    const lineEnd = head.indexOf(0x0a)
    return orDamaged(path, 'its first line was altered', () => {
      const { v, ...run } = parseCheckedLine(head.toString('utf8', 0, lineEnd))
      if (v !== 1 || run.first !== first) throw new SyntaxError('not the ids of this range')
      return { ...run, bodyAt: lineEnd + 1 } as IdRun
    })
  } finally {
    await file.close()
  }
}

/** Reads the whole body of a run. Refused: `corrupt`. */
export async function readIdBody(fs: FileSystem, directory: string, run: IdRun): Promise<Buffer> {
  const path = idRunPath(directory, run.first)
  const body = (await fs.readFile(path)).subarray(run.bodyAt)
  const isWhole = body.length === BUCKETS_BYTES + run.count * ENTRY_BYTES && crc32(body) === run.crc32
  if (!isWhole) throw damaged(path, 'its entries were altered')
  return body
}

/** The leaves whose id may have this fingerprint, from a body in memory. */
export function leavesInBody(run: IdRun, body: Buffer, fingerprint: number): number[] {
  const at = (fingerprint >>> 24) * 4
  return leavesInBucket(run, bucketOf(body, body.readUInt32BE(at), body.readUInt32BE(at + 4)), fingerprint)
}

/** The leaves whose id may have this fingerprint, with two small reads from the disk. */
export async function leavesOnDisk(
  fs: FileSystem,
  directory: string,
  run: IdRun,
  fingerprint: number,
): Promise<number[]> {
  const path = idRunPath(directory, run.first)
  const file = await fs.open(path, 'read')
  try {
    const bounds = await file.read(run.bodyAt + (fingerprint >>> 24) * 4, 8)
    const [start, end] = [bounds.readUInt32BE(0), bounds.readUInt32BE(4)]
    if (start > end || end > run.count) throw damaged(path, 'its buckets were altered')
    const from = run.bodyAt + BUCKETS_BYTES + start * ENTRY_BYTES
    return leavesInBucket(run, await file.read(from, (end - start) * ENTRY_BYTES), fingerprint)
  } finally {
    await file.close()
  }
}

/** All fingerprints of a body. */
export function* fingerprintsIn(body: Buffer): Generator<number> {
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const end = body.readUInt32BE(bucket * 4 + 4)
    for (let i = body.readUInt32BE(bucket * 4); i < end; i++) {
      yield ((bucket << 24) | body.readUIntBE(BUCKETS_BYTES + i * ENTRY_BYTES, 3)) >>> 0
    }
  }
}

/** The first leaves of all ranges that have a run, ascending. */
export async function idRunFirsts(fs: FileSystem, directory: string): Promise<number[]> {
  const names = await fs.readdir(idsDirectory(directory))
  return names.flatMap((name) => /^(\d{12,})\.ids$/.exec(name)?.[1] ?? []).map(Number)
}

export const idsDirectory = (directory: string): string => join(directory, 'ids')

export const idRunPath = (directory: string, first: number): string =>
  join(idsDirectory(directory), `${firstName(first)}.ids`)

const bucketOf = (body: Buffer, start: number, end: number): Buffer =>
  body.subarray(BUCKETS_BYTES + start * ENTRY_BYTES, BUCKETS_BYTES + end * ENTRY_BYTES)

/** Binary search for the first entry of the fingerprint, then all that share it. */
function leavesInBucket({ first }: IdRun, bucket: Buffer, fingerprint: number): number[] {
  const wanted = fingerprint & 0xffffff
  let low = 0
  let high = bucket.length / ENTRY_BYTES
  while (low < high) {
    const middle = (low + high) >> 1
    if (bucket.readUIntBE(middle * ENTRY_BYTES, 3) < wanted) low = middle + 1
    else high = middle
  }
  const leaves: number[] = []
  for (let at = low * ENTRY_BYTES; at < bucket.length && bucket.readUIntBE(at, 3) === wanted; at += ENTRY_BYTES) {
    leaves.push(first + bucket.readUInt16BE(at + 3))
  }
  return leaves
}

const BUCKETS = 256
const BUCKETS_BYTES = (BUCKETS + 1) * 4
const ENTRY_BYTES = 5
/** A range has no more leaves than this. */
const MOST_LEAVES = 65_536
const MOST_SPANS = 32
const LONGEST_LINE = 4096
