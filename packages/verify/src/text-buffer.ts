/** A growing buffer whose first 16 bytes are kept free for a salt, so that salt ‖ text can be hashed in one piece. */
export class TextBuffer {
  bytes = Buffer.allocUnsafeSlow(65_536)
  end = SALT_BYTES

  clear(): void {
    this.end = SALT_BYTES
  }

  append(from: Buffer, start: number, end: number): void {
    this.#reserve(end - start)
    this.end += from.copy(this.bytes, this.end, start, end)
  }

  /** Appends bytes as lower-case hexadecimal digits. */
  appendHex(from: Buffer, start: number, end: number): void {
    this.#reserve(2 * (end - start))
    const { bytes } = this
    for (let i = start; i < end; i++) {
      const byte = from[i] as number
      bytes[this.end++] = DIGITS[byte >>> 4] as number
      bytes[this.end++] = DIGITS[byte & 15] as number
    }
  }

  /** Appends 16 bytes as the text of a UUID. */
  appendUuid(from: Buffer, start: number): void {
    this.#reserve(36)
    let at = start
    for (const part of UUID_PARTS) {
      if (at > start) this.bytes[this.end++] = DASH
      this.appendHex(from, at, at + part)
      at += part
    }
  }

  /** The salt, then the text. */
  salted(salt: Buffer, saltStart: number): Buffer {
    salt.copy(this.bytes, 0, saltStart, saltStart + SALT_BYTES)
    return this.bytes.subarray(0, this.end)
  }

  #reserve(more: number): void {
    if (this.end + more <= this.bytes.length) return
    const larger = Buffer.allocUnsafeSlow(2 * (this.end + more))
    this.bytes.copy(larger, 0, 0, this.end)
    this.bytes = larger
  }
}

export const SALT_BYTES = 16
const DIGITS = Buffer.from('0123456789abcdef')
const UUID_PARTS = [4, 2, 2, 2, 6]
const DASH = 0x2d
