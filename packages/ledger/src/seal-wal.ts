import { crc32 } from 'node:zlib'
import type { OpenFile } from './file-system.js'

/** The bytes of a file in pieces of whole lines, each with its newline. A last line without one throws a SyntaxError. */
export async function* wholeLines(file: OpenFile): AsyncGenerator<Buffer> {
  for (let at = 0, length = READ_BYTES; ; ) {
    const bytes = await file.read(at, length)
    const end = bytes.lastIndexOf(NEWLINE) + 1
    if (end > 0) yield bytes.subarray(0, end)
    if (end === 0 && bytes.length === 0) return
    if (end === 0 && bytes.length < length) throw new SyntaxError('the last line is cut short')
    at += end
    length = end === 0 ? 2 * length : READ_BYTES
  }
}

/** Walks through the lines of one WAL, checking each batch against the commit line behind it. */
export class BatchWalk {
  #crc = 0
  #lines = 0

  /** `size` is the tree size: first that before the WAL, later that after the last line seen. */
  constructor(public size: number) {}

  /** Whether every line seen is covered by a commit line. */
  get isCommitted(): boolean {
    return this.#lines === 0
  }

  /**
   * Shows every line of `bytes`, which are whole lines, but the commit lines: where it starts and ends, newline left out.
   * Stops behind the first commit at which the tree has `until` leaves; gives how many bytes it went through.
   *
   * SyntaxError when a commit line does not fit its batch.
   */
  async through(bytes: Buffer, visit: LineVisitor, until = Infinity): Promise<number> {
    let batchStart = 0
    for (let start = 0; start < bytes.length; ) {
      const end = bytes.indexOf(NEWLINE, start)
      if (bytes[start + 2] === LETTER_C) {
        this.#crc = crc32(bytes.subarray(batchStart, start), this.#crc)
        this.#checkCommit(bytes.toString('latin1', start, end))
        batchStart = end + 1
        if (this.size >= until) return batchStart
      } else {
        const busy = visit(start, end)
        if (busy) await busy
        this.#lines++
        this.size++
      }
      start = end + 1
    }
    this.#crc = crc32(bytes.subarray(batchStart), this.#crc)
    return bytes.length
  }

  #checkCommit(line: string): void {
    const expected = `{"commit":{"count":${this.#lines},"crc32":${this.#crc},"size":${this.size}}}`
    if (line !== expected) throw new SyntaxError(`a batch does not fit its commit line: ${line}, not ${expected}`)
    this.#crc = 0
    this.#lines = 0
  }
}

/** Takes a line; a promise is waited for before the next one. */
export type LineVisitor = (start: number, end: number) => void | Promise<void>

const NEWLINE = 0x0a
/** A commit line is the only one with a c in third place. */
const LETTER_C = 0x63
const READ_BYTES = 1 << 20
