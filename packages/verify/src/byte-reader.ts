/** Reads bytes from the front. Reading past the end throws a RangeError. */
export class ByteReader {
  at = 0

  constructor(readonly bytes: Buffer) {}

  /** An unsigned LEB128 number below 2^53. */
  varint(): number {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.at++]
      if (byte === undefined || scale > Number.MAX_SAFE_INTEGER) throw new RangeError('a number is cut short')
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
  }

  /** Steps over `length` bytes and gives where they begin. */
  skip(length: number): number {
    const start = this.at
    if (start + length > this.bytes.length) throw new RangeError('the bytes are cut short')
    this.at += length
    return start
  }
}
