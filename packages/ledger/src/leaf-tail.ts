import { HASH_BYTES, MAX_ENTRY_BYTES, sha256Into, TILE_WIDTH } from '@tidemark/proof'
import { LedgerError } from './ledger-error.js'

/**
 * The newest entries and leaf hashes of a log, kept until their tiles are on disk.
 *
 * They lie in chunks of 256 leaves, each already in the form of its two files: the hash tile and the entry bundle.
 * Leaves are added at the end and taken back from the end.
 */
export class LeafTail {
  #chunks: Chunk[]
  #firstTile: number

  /** A tail that goes on at `size`; the leaves that stand before it in its tile come as hashes and entries. */
  constructor(size: number, before: readonly Uint8Array[]) {
    this.#firstTile = Math.floor(size / TILE_WIDTH)
    this.#chunks = [new Chunk()]
    for (const entry of before) this.#chunks[0]!.add(entry)
  }

  /** How many leaves the log has with all that was added. */
  get size(): number {
    const last = this.#chunks.length - 1
    return (this.#firstTile + last) * TILE_WIDTH + this.#chunks[last]!.count
  }

  /** How many leaves are held in memory. */
  get held(): number {
    return this.size - this.start
  }

  /** The first leaf that is held. */
  get start(): number {
    return this.#firstTile * TILE_WIDTH
  }

  /** Adds an entry and hashes it. Refused: `too_large`, past 65,535 bytes. */
  append(entry: string): void {
    const last = this.#chunks[this.#chunks.length - 1]!
    last.addText(entry)
    if (last.count === TILE_WIDTH) this.#chunks.push(new Chunk())
  }

  /** Forgets every leaf from `size` on. */
  rollBack(size: number): void {
    const tile = Math.floor(size / TILE_WIDTH)
    this.#chunks.length = tile - this.#firstTile + 1
    this.#chunks[tile - this.#firstTile]!.rollBack(size % TILE_WIDTH)
  }

  /** Lets go of the tiles before `tile`: they are on disk. */
  release(tile: number): void {
    const gone = Math.min(tile - this.#firstTile, this.#chunks.length - 1)
    if (gone <= 0) return
    this.#chunks.splice(0, gone)
    this.#firstTile += gone
  }

  /** The hashes of `tile`, first `width` of them. The view is good until the tail is rolled back. */
  hashes(tile: number, width: number): Buffer {
    return this.#chunk(tile).hashes.subarray(0, width * HASH_BYTES)
  }

  /** The entry bundle of `tile`, first `width` entries. */
  bundle(tile: number, width: number): Buffer {
    return this.#chunk(tile).bundle(width)
  }

  leafHash(index: number): Buffer {
    const at = (index % TILE_WIDTH) * HASH_BYTES
    return this.#chunk(Math.floor(index / TILE_WIDTH)).hashes.subarray(at, at + HASH_BYTES)
  }

  entry(index: number): Buffer {
    return this.#chunk(Math.floor(index / TILE_WIDTH)).entry(index % TILE_WIDTH)
  }

  #chunk(tile: number): Chunk {
    const chunk = this.#chunks[tile - this.#firstTile]
    if (!chunk) throw new RangeError(`tile ${tile} is not in the tail`)
    return chunk
  }
}

/** 256 leaves: their hashes side by side, and their entries as a bundle (C2SP tlog-tiles) that is being filled. */
class Chunk {
  readonly hashes = Buffer.allocUnsafeSlow(TILE_WIDTH * HASH_BYTES)
  count = 0
  #bytes = Buffer.allocUnsafeSlow(FIRST_BUNDLE_BYTES)
  /** Where entry i ends in the bundle, at i + 1. */
  #ends = new Uint32Array(TILE_WIDTH + 1)

  addText(entry: string): void {
    const start = this.#ends[this.count]!
    this.#reserve(start + 2 + 3 * entry.length)
    this.#seal(start, this.#bytes.write(entry, start + 2))
  }

  add(entry: Uint8Array): void {
    const start = this.#ends[this.count]!
    this.#reserve(start + 2 + entry.length)
    this.#bytes.set(entry, start + 2)
    this.#seal(start, entry.length)
  }

  rollBack(count: number): void {
    this.count = count
  }

  bundle(width: number): Buffer {
    return this.#bytes.subarray(0, this.#ends[width]!)
  }

  entry(place: number): Buffer {
    return this.#bytes.subarray(this.#ends[place]! + 2, this.#ends[place + 1]!)
  }

  /** Hashes the entry just written at `start` + 2 in place: the byte before it is 0x00 until its length goes there. */
  #seal(start: number, length: number): void {
    if (length > MAX_ENTRY_BYTES) throw new LedgerError('too_large', `an entry of ${length} bytes; 65535 is the limit`)
    const bytes = this.#bytes
    bytes[start + 1] = 0
    sha256Into(bytes.subarray(start + 1, start + 2 + length), this.hashes, this.count * HASH_BYTES)
    bytes[start] = length >>> 8
    bytes[start + 1] = length & 0xff
    this.#ends[++this.count] = start + 2 + length
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes, 2 * this.#bytes.length))
    this.#bytes.copy(larger, 0, 0, this.#ends[this.count])
    this.#bytes = larger
  }
}

/** Room for 256 entries of a short source name; it doubles when that is not enough. */
const FIRST_BUNDLE_BYTES = 40_000
