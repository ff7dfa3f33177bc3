import { crc32 } from 'node:zlib'
import type { Wal, WalMark } from './wal.js'
import { commitLine } from './wal-line.js'

/** The lines that go to the disk together under one commit line. */
export class Group {
  readonly firstIndex: number
  /** Where its lines go in the file. */
  readonly startByte: number
  count = 0
  /** `receivedAt` of its newest leaf. */
  timeMs = 0
  #bytes: Buffer
  #length = 0

  /** `bytes` is a buffer nobody else uses; a larger one takes its place when it is too small. */
  constructor(
    readonly wal: Wal,
    bytes: Buffer,
  ) {
    this.firstIndex = wal.end
    this.startByte = wal.bytes
    this.#bytes = bytes
  }

  /** The leaf after its last. */
  get end(): number {
    return this.firstIndex + this.count
  }

  /** Bytes so far. */
  get length(): number {
    return this.#length
  }

  /** What to write at `startByte`. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  /** The whole buffer, for the group after the next. */
  get buffer(): Buffer {
    return this.#bytes
  }

  /** Begins the line of the next leaf; the `write` calls that follow complete it. */
  begin(id: string | null, timeMs: number): void {
    this.wal.add(this.startByte + this.#length, id)
    this.count++
    this.timeMs = timeMs
  }

  /** Adds to the line. */
  writeText(text: string): void {
    this.#reserve(3 * text.length)
    this.#length += this.#bytes.write(text, this.#length)
  }

  /** Adds to the line. */
  writeBytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** Adds the commit line, after which nothing can be added. Gives the WAL as it stands with this group in it. */
  seal(): WalMark {
    this.writeText(commitLine(this.count, crc32(this.bytes), this.end))
    this.wal.bytes = this.startByte + this.#length
    return this.wal.mark()
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(2 * (this.#length + bytes))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}
