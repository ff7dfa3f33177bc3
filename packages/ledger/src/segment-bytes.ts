/** Bytes that grow at the end. What `bytes()` gives is a view until the next `clear`. */
export class GrowingBytes {
  buffer: Buffer
  length = 0

  constructor(capacity: number) {
    this.buffer = Buffer.allocUnsafeSlow(capacity)
  }

  clear(): void {
    this.length = 0
  }

  bytes(): Buffer {
    return this.buffer.subarray(0, this.length)
  }

  /** Appends `source[start, end)`. */
  append(source: Buffer, start: number, end: number): void {
    this.reserve(end - start)
    this.length += source.copy(this.buffer, this.length, start, end)
  }

  appendAll(other: GrowingBytes): void {
    this.append(other.buffer, 0, other.length)
  }

  /** UTF-8. */
  appendText(text: string): void {
    this.reserve(Buffer.byteLength(text))
    this.length += this.buffer.write(text, this.length)
  }

  appendHex(digits: string): void {
    this.reserve(digits.length / 2)
    this.length += this.buffer.write(digits, this.length, 'hex')
  }

  appendByte(byte: number): void {
    this.reserve(1)
    this.buffer[this.length++] = byte
  }

  /** An unsigned LEB128 number below 2^53. */
  appendVarint(value: number): void {
    this.reserve(MAX_VARINT_BYTES)
    let rest = value
    for (; rest > 0x7f; rest = Math.floor(rest / 128)) this.buffer[this.length++] = (rest % 128) | 0x80
    this.buffer[this.length++] = rest
  }

  /** Makes room for `more` bytes behind the end. */
  reserve(more: number): void {
    if (this.length + more <= this.buffer.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.buffer.length, this.length + more))
    this.buffer.copy(larger, 0, 0, this.length)
    this.buffer = larger
  }
}

/** Reads bytes from the front. Reading past the end throws a RangeError. */
export class ByteReader {
  at = 0

  constructor(readonly bytes: Buffer) {}

  varint(): number {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.at++]
      if (byte === undefined || scale > Number.MAX_SAFE_INTEGER) throw new RangeError('a number is cut short')
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
  }

  take(length: number): Buffer {
    const end = this.at + length
    if (end > this.bytes.length) throw new RangeError('the bytes are cut short')
    const taken = this.bytes.subarray(this.at, end)
    this.at = end
    return taken
  }
}

const MAX_VARINT_BYTES = 8
