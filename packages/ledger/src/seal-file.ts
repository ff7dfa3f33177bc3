import { dirname } from 'node:path'
import type { FileSystem, OpenFile } from './file-system.js'
import { makeDurably } from './seal-directory.js'

/**
 * A file written from front to back that appears whole or not at all: bytes go to `<path>.tmp`, `finish` syncs and
 * renames it. A leftover of an earlier attempt is overwritten.
 */
export class SealFile {
  size = 0

  private constructor(
    readonly path: string,
    readonly fs: FileSystem,
    readonly file: OpenFile,
  ) {}

  /** `root` is a directory that exists; those between it and the file are made. */
  static async create(fs: FileSystem, root: string, path: string): Promise<SealFile> {
    await makeDurably(fs, root, dirname(path))
    await fs.unlink(temporary(path))
    return new SealFile(path, fs, await fs.open(temporary(path), 'create'))
  }

  async append(bytes: Uint8Array): Promise<void> {
    await this.file.write(bytes, this.size)
    this.size += bytes.length
  }

  /** Resolves once the file survives a power cut under its name. */
  async finish(): Promise<void> {
    await this.file.sync()
    await this.file.close()
    await this.fs.rename(temporary(this.path), this.path)
    await this.fs.syncDir(dirname(this.path))
  }

  /** Gives up. What was written is left as a temporary file without meaning. */
  async abandon(): Promise<void> {
    await this.file.close().catch(() => undefined)
  }
}

const temporary = (path: string): string => `${path}.tmp`
