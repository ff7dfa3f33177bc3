/**
 * Follows write-ahead log lines that arrive in pieces and checks that their leaves are numbered without a gap. Control
 * entries are leaves like events; commit lines are none.
 */
export class LeafRun {
  /** The leaf that must come next. */
  next: number
  /** The start of a line of which too little has arrived to read its number. */
  #head: Uint8Array = NOTHING
  #isInsideLine = false

  constructor(first: number) {
    this.next = first
  }

  /** Throws when a line begins otherwise than it must. */
  add(piece: Uint8Array): void {
    const bytes = this.#head.length > 0 ? Buffer.concat([this.#head, piece]) : bufferOf(piece)
    this.#head = NOTHING
    let at = 0
    while (at < bytes.length) {
      const newline = bytes.indexOf(NEWLINE, at)
      if (!this.#isInsideLine) {
        if (newline < 0 && bytes.length - at < LONGEST_HEAD) {
          this.#head = Uint8Array.from(bytes.subarray(at))
          return
        }
        this.#readHead(bytes, at)
      }
      this.#isInsideLine = newline < 0
      if (newline < 0) return
      at = newline + 1
    }
  }

  /** Throws unless the last line is whole and the leaf before `end` was the last. */
  finish(end: number): void {
    if (this.#isInsideLine || this.#head.length > 0) throw new Error('the last line is cut short')
    if (this.next !== end) throw new Error(`expected leaves up to ${end - 1}, found them up to ${this.next - 1}`)
  }

  #readHead(bytes: Buffer, at: number): void {
    if (bytes[at + 2] === LETTER_C) return
    if (bytes[at + 2] !== LETTER_I) throw new Error('a line is neither a leaf nor a commit')
    let index = 0
    for (let i = at + 5; isDigit(bytes[i]); i++) index = index * 10 + bytes[i]! - ZERO
    if (index !== this.next) throw new Error(`expected leaf ${this.next}, found leaf ${index}`)
    this.next++
  }
}

/** Bytes from `{"i":` to the comma behind the largest number. */
const LONGEST_HEAD = 24
const NOTHING = new Uint8Array()
const NEWLINE = 0x0a
const LETTER_C = 0x63
const LETTER_I = 0x69
const ZERO = 0x30
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= ZERO && byte <= ZERO + 9
const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array) => Buffer.from(buffer, byteOffset, byteLength)
