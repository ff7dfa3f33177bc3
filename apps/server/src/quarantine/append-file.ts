import { type FileHandle, open } from 'node:fs/promises'

/**
 * A file that only grows, with one writer. A write that fails is undone by cutting the file back; if that fails too,
 * nothing more is taken, since nobody knows what the file holds.
 */
export class AppendFile {
  readonly #file: FileHandle
  #size: number
  #broken: unknown

  private constructor(file: FileHandle, size: number) {
    this.#file = file
    this.#size = size
  }

  /** `wholeBytes` is where the last whole line ends; what a crash left behind it is cut off. */
  static async open(path: string, wholeBytes: number): Promise<AppendFile> {
    const file = await open(path, 'a+', 0o600)
    const { size } = await file.stat()
    if (size > wholeBytes) {
      await file.truncate(wholeBytes)
      await file.datasync()
    }
    return new AppendFile(file, wholeBytes)
  }

  get size(): number {
    return this.#size
  }

  /** Resolves with the offset of the first byte once all of them survive a power cut. */
  async append(bytes: Buffer): Promise<number> {
    if (this.#broken) throw this.#broken
    const offset = this.#size
    try {
      await this.#file.appendFile(bytes)
      await this.#file.datasync()
    } catch (error) {
      await this.#file.truncate(offset).catch(() => {
        this.#broken = error
      })
      throw error
    }
    this.#size += bytes.length
    return offset
  }

  async read(offset: number, length: number): Promise<Buffer> {
    const { buffer, bytesRead } = await this.#file.read(Buffer.allocUnsafe(length), 0, length, offset)
    return buffer.subarray(0, bytesRead)
  }

  close(): Promise<void> {
    return this.#file.close()
  }
}
