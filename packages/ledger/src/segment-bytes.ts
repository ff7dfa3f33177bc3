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

  /** Appends `source[start, end)`. Short pieces byte by byte: a call into native code costs as much as 40 bytes. */
  append(source: Buffer, start: number, end: number): void {
    this.reserve(end - start)
    if (end - start > 40) this.length += source.copy(this.buffer, this.length, start, end)
    else for (let at = start; at < end; at++) this.buffer[this.length++] = source[at] as number
  }

  appendAll(other: GrowingBytes): void {
    this.append(other.buffer, 0, other.length)
  }

  /** UTF-8. */
  appendText(text: string): void {
    this.reserve(Buffer.byteLength(text))
    this.length += this.buffer.write(text, this.length)
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

  /** Steps over `length` bytes; gives where they begin. */
  skip(length: number): number {
    const start = this.at
    if (start + length > this.bytes.length) throw new RangeError('the bytes are cut short')
    this.at += length
    return start
  }
}

const MAX_VARINT_BYTES = 8
