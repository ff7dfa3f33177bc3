import type { FileSystem, OpenFile } from './file-system.js'
import type { Group } from './group.js'
import type { LogFiles } from './log-files.js'
import type { Wal } from './wal.js'

/** Puts groups on the disk, one at a time, and takes back what a failed write may have left. */
export class WalWriter {
  #open: { readonly wal: Wal; readonly file: OpenFile } | null = null

  constructor(
    readonly fs: FileSystem,
    readonly files: LogFiles,
  ) {}

  /** Resolves once the group survives a power cut. */
  async append(group: Group): Promise<void> {
    const file = await this.#fileOf(group.wal, group.startByte === 0)
    await file.write(group.bytes, group.startByte)
    await file.datasync()
  }

  /**
   * Cuts a WAL back to its first `bytes` bytes; a file that would be empty goes. Whatever a failed `append` left is gone
   * for good once this resolves.
   */
  async cutBack(wal: Wal, bytes: number): Promise<void> {
    if (bytes === 0) {
      await this.close()
      await this.fs.unlink(wal.path)
      await this.fs.syncDir(this.files.wals)
      return
    }
    const file = await this.#fileOf(wal, false)
    await file.truncate(bytes)
    await file.datasync()
  }

  /** Lets go of a WAL in which nothing will be written any more. */
  async release(wal: Wal): Promise<void> {
    if (this.#open?.wal === wal) await this.close()
  }

  async close(): Promise<void> {
    const open = this.#open
    this.#open = null
    await open?.file.close()
  }

  async #fileOf(wal: Wal, isNew: boolean): Promise<OpenFile> {
    if (this.#open?.wal === wal) return this.#open.file
    await this.close()
    const file = await this.fs.open(wal.path, isNew ? 'create' : 'write')
    this.#open = { wal, file }
    if (isNew) await this.fs.syncDir(this.files.wals)
    return file
  }
}
