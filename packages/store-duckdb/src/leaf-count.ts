/**
 * Counts the leaves in write-ahead log lines that arrive in pieces: the lines that begin `{"i":`, events and control
 * entries alike. Commit lines are none.
 */
export class LeafCount {
  leaves = 0
  /** Bytes of the line that the last piece ended in. */
  #column = 0

  add(piece: Uint8Array): void {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
    let lineStart = -this.#column
    for (;;) {
      const mark = lineStart + 2
      if (mark >= 0 && bytes[mark] === LETTER_I) this.leaves++
      const newline = bytes.indexOf(NEWLINE, Math.max(lineStart, 0))
      if (newline < 0) break
      lineStart = newline + 1
    }
    this.#column = bytes.length - lineStart
  }
}

const NEWLINE = 0x0a
const LETTER_I = 0x69
