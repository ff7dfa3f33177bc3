import { crc32 } from 'node:zlib'
import type { FileSystem } from './file-system.js'

/** The bytes of a file in pieces of whole lines, each with its newline. A last line without one throws a SyntaxError. */
export async function* wholeLines(fs: FileSystem, path: string): AsyncGenerator<Buffer> {
  const file = await fs.open(path, 'read')
  try {
    for (let at = 0, length = READ_BYTES; ; ) {
      const bytes = await file.read(at, length)
      const end = bytes.lastIndexOf(NEWLINE) + 1
      if (end > 0) yield bytes.subarray(0, end)
      if (end === 0 && bytes.length === 0) return
      if (end === 0 && bytes.length < length) throw new SyntaxError('the last line is cut short')
      at += end
      length = end === 0 ? 2 * length : READ_BYTES
    }
  } finally {
    await file.close()
  }
}

/** Follows the commit lines of a WAL: each covers the lines since the one before. */
export class CommitCheck {
  #crc = 0
  #lines = 0
  /** Whether every line seen is covered by a commit. */
  isCommitted = true

  /** Takes lines that are no commit, with their newlines. */
  take(bytes: Buffer, lines: number): void {
    if (bytes.length === 0) return
    this.#crc = crc32(bytes, this.#crc)
    this.#lines += lines
    this.isCommitted = false
  }

  /** Checks a commit line; `size` is the tree size it stands at. SyntaxError when it does not cover what was taken. */
  check(line: string, size: number): void {
    const expected = `{"commit":{"count":${this.#lines},"crc32":${this.#crc},"size":${size}}}`
    if (line !== expected) throw new SyntaxError(`a batch does not fit its commit line: ${line}, not ${expected}`)
    this.#crc = 0
    this.#lines = 0
    this.isCommitted = true
  }
}

/** Whether the line at `at` is a commit line: no other begins with these bytes. */
export const isCommitLine = (bytes: Buffer, at: number): boolean => bytes[at + 2] === LETTER_C

const NEWLINE = 0x0a
const LETTER_C = 0x63
const READ_BYTES = 1 << 20
