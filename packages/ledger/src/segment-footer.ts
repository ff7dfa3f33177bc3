import { brotliDecompressSync } from 'node:zlib'
import { packNumbers } from './seal-compress.js'
import { ByteReader, GrowingBytes } from './segment-bytes.js'

/** What a segment says of itself in clear, so that retention can read it without a key. */
export type SegmentFooter = {
  readonly retentionClass: string
  /** UTC day of receipt, YYYY-MM-DD. */
  readonly period: string
  /** First leaf of the WAL it was made from. */
  readonly first: number
  /** How many events it holds. */
  readonly count: number
  /** `receivedAt` of its first and last event, ms. */
  readonly tFirst: number
  readonly tLast: number
  /** Offset and length of each frame in the file. */
  readonly frames: readonly (readonly [number, number])[]
  /** The leaf index of each event, ascending. */
  readonly leaves: ArrayLike<number>
}

/** The footer's JSON, without `mac`. Leaves are stored as gaps, relative to `first` and then to each other. */
export function encodeFooter({ retentionClass, leaves, ...rest }: SegmentFooter): string {
  const { period, first, count, tFirst, tLast, frames } = rest
  const gaps = encodeGaps(leaves, first).toString('base64')
  return JSON.stringify({ v: 1, class: retentionClass, period, first, count, tFirst, tLast, frames, gaps })
}

/** Reads what `encodeFooter` writes, in exactly that spelling. SyntaxError or RangeError when it is something else. */
export function decodeFooter(json: string): SegmentFooter {
  const parsed = JSON.parse(json)
  const { v, class: retentionClass, period, first, count, tFirst, tLast, frames, gaps } = parsed
  if (v !== 1) throw new SyntaxError('not a segment of version 1')
  const leaves = decodeGaps(Buffer.from(gaps, 'base64'), first, count)
  if (JSON.stringify({ v, class: retentionClass, period, first, count, tFirst, tLast, frames, gaps }) !== json) {
    throw new SyntaxError('the footer is not as it was written')
  }
  return { retentionClass, period, first, count, tFirst, tLast, frames, leaves }
}

function encodeGaps(leaves: ArrayLike<number>, first: number): Buffer {
  const gaps = new GrowingBytes(leaves.length + 16)
  let previous = first
  for (let i = 0; i < leaves.length; i++) {
    gaps.appendVarint((leaves[i] as number) - previous)
    previous = leaves[i] as number
  }
  return packNumbers(gaps.bytes())
}

function decodeGaps(bytes: Buffer, first: number, count: number): Float64Array {
  const reader = new ByteReader(brotliDecompressSync(bytes))
  const leaves = new Float64Array(count)
  let leaf = first
  for (let i = 0; i < count; i++) {
    leaf += reader.varint()
    leaves[i] = leaf
  }
  if (reader.at !== reader.bytes.length) throw new SyntaxError('more gaps than events')
  return leaves
}
