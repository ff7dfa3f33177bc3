import { createCipheriv } from 'node:crypto'
import { brotliDecompressSync } from 'node:zlib'
import { ByteReader } from './byte-reader.js'

/** What a segment says of itself in clear. */
export type SegmentFooter = {
  readonly retentionClass: string
  /** UTC day of receipt. */
  readonly period: string
  /** First leaf of the write-ahead file it was made from. */
  readonly first: number
  readonly tFirst: number
  readonly tLast: number
  /** Offset and length of each frame. */
  readonly frames: readonly (readonly [number, number])[]
  /** The leaf of each event, ascending. */
  readonly leaves: Float64Array
  /** The footer's text without its mac, and the mac. */
  readonly text: string
  readonly mac: string
}

/**
 * Reads the end of a segment file: footer JSON ‖ u32be length ‖ "TMSEG1\n". Null when it is not spelled exactly as such
 * files are, or when the frames it lists do not fill the file.
 */
export function readSegmentFooter(file: Buffer): SegmentFooter | null {
  const footerEnd = file.length - MAGIC.length - 4
  if (footerEnd < MAGIC.length || !file.subarray(0, MAGIC.length).equals(MAGIC)) return null
  if (!file.subarray(footerEnd + 4).equals(MAGIC)) return null
  const footerStart = footerEnd - file.readUInt32BE(footerEnd)
  if (footerStart < MAGIC.length) return null
  try {
    const footer = parseFooter(file.toString('latin1', footerStart, footerEnd))
    return footer && fill(footer.frames, footerStart) ? footer : null
  } catch {
    return null
  }
}

/** Whether the mac was made with the segment's data key: the AES-256-GCM tag over nothing, nonce 2^96 − 1. */
export function isFooterAuthentic({ text, mac }: SegmentFooter, dataKey: Uint8Array, binding: string): boolean {
  const cipher = createCipheriv('aes-256-gcm', dataKey, Buffer.alloc(12, 0xff))
  cipher.setAAD(Buffer.from(`${binding}\nfooter\n${text}`)).final()
  return cipher.getAuthTag().toString('base64url') === mac
}

function parseFooter(signed: string): SegmentFooter | null {
  const parsed = JSON.parse(signed)
  const { v, class: retentionClass, period, first, count, tFirst, tLast, frames, gaps, mac } = parsed
  const text = JSON.stringify({ v, class: retentionClass, period, first, count, tFirst, tLast, frames, gaps })
  const numbers = [first, count, tFirst, tLast]
  if (v !== 1 || !numbers.every((n) => Number.isSafeInteger(n) && n >= 0) || count > MAX_EVENTS) return null
  if (`${text.slice(0, -1)},"mac":${JSON.stringify(mac)}}` !== signed) return null
  return { retentionClass, period, first, tFirst, tLast, frames, leaves: readGaps(gaps, first, count), text, mac }
}

/** Brotli over LEB128 numbers: how far each leaf is from the one before, the first from the range's first. */
function readGaps(base64: string, first: number, count: number): Float64Array {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64') !== base64) throw new RangeError('the gaps are not base64')
  const reader = new ByteReader(brotliDecompressSync(bytes, { maxOutputLength: 10 * MAX_EVENTS }))
  const leaves = new Float64Array(count)
  let leaf = first
  for (let i = 0; i < count; i++) {
    const gap = reader.varint()
    if (i > 0 && gap === 0) throw new RangeError('a leaf comes twice')
    leaf += gap
    leaves[i] = leaf
  }
  if (reader.at !== reader.bytes.length) throw new RangeError('more gaps than events')
  return leaves
}

/** Whether the frames lie side by side from the magic to the footer. */
function fill(frames: SegmentFooter['frames'], footerStart: number): boolean {
  let at = MAGIC.length
  for (const [offset, length] of frames) {
    if (offset !== at || !(length > 0)) return false
    at += length
  }
  return at === footerStart
}

const MAGIC = Buffer.from('TMSEG1\n')
/** A range has no more leaves. */
const MAX_EVENTS = 65_536
