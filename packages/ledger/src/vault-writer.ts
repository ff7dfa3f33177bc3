import type { FileSystem } from './file-system.js'
import { SealFile } from './seal-file.js'
import { GrowingBytes } from './segment-bytes.js'
import { LINES_PER_OFFSET, trailerLine, trailerOf, type VaultTrailer, vaultPath } from './vault-trailer.js'

/** Writes one vault file: a line per record, then the trailer. */
export class VaultWriter {
  readonly #records: number[] = []
  readonly #offsets: number[] = []
  readonly #pending = new GrowingBytes(65_536)

  private constructor(
    readonly file: SealFile,
    readonly first: number,
  ) {}

  static async create(fs: FileSystem, directory: string, first: number): Promise<VaultWriter> {
    return new VaultWriter(await SealFile.create(fs, directory, vaultPath(directory, first)), first)
  }

  /** Appends a line as `formatVaultRecord` gives it. */
  async add(record: number, line: string): Promise<void> {
    if (this.#records.length % LINES_PER_OFFSET === 0) this.#offsets.push(this.file.size + this.#pending.length)
    this.#records.push(record)
    this.#pending.appendText(line)
    if (this.#pending.length > FLUSH_BYTES) await this.#flush()
  }

  async #flush(): Promise<void> {
    await this.file.append(this.#pending.bytes())
    this.#pending.clear()
  }

  /** Writes the trailer and makes the file durable under its name. `previous` is the trailer of the range before. */
  async finish(previous: Pick<VaultTrailer, 'next' | 'missing'>): Promise<VaultTrailer> {
    await this.#flush()
    const trailer = trailerOf(this.first, this.#records, [...this.#offsets, this.file.size], previous)
    await this.file.append(Buffer.from(trailerLine(trailer)))
    await this.file.finish()
    return trailer
  }
}

const FLUSH_BYTES = 1 << 20
