/** Collects ASCII text as bytes; far cheaper than joining strings when there are millions of small pieces. */
export class ByteWriter {
  private bytes = Buffer.allocUnsafe(2 * 1024 * 1024) as AsciiBuffer
  /** How many bytes have been written since the last `take`. */
  length = 0

  /** `text` must be ASCII. */
  text(text: string): void {
    if (this.length + text.length > this.bytes.length) this.grow(text.length)
    this.length += this.bytes.latin1Write(text, this.length)
  }

  /** One ASCII character by its code. */
  character(code: number): void {
    if (this.length === this.bytes.length) this.grow(1)
    this.bytes[this.length++] = code
  }

  /** The `digits` lowest hexadecimal digits of a 32-bit word, lower case, at most eight. */
  hex(word: number, digits = 8): void {
    if (this.length + digits > this.bytes.length) this.grow(digits)
    for (let shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      this.bytes[this.length++] = hexDigits[(word >>> shift) & 15] as number
    }
  }

  /** What was written since the last `take`, as a copy of its own. */
  take(): Uint8Array {
    const taken = new Uint8Array(this.bytes.subarray(0, this.length))
    this.length = 0
    return taken
  }

  /** The same as text. */
  takeText(): string {
    const taken = this.bytes.latin1Slice(0, this.length)
    this.length = 0
    return taken
  }

  private grow(by: number): void {
    const larger = Buffer.allocUnsafe(2 * this.bytes.length + by) as AsciiBuffer
    this.bytes.copy(larger, 0, 0, this.length)
    this.bytes = larger
  }
}

/** What `Buffer.write` and `Buffer.toString` call in the end, without choosing the encoding each time. */
type AsciiBuffer = Buffer<ArrayBuffer> & {
  latin1Write(text: string, offset: number): number
  latin1Slice(start: number, end: number): string
}

const hexDigits = [...'0123456789abcdef'].map((digit) => digit.charCodeAt(0))
