import { dirname, join, relative, sep } from 'node:path'
import { encodeBase64 } from '@tidemark/proof'
import { copyFile, forEachOf, hashFile, syncParents, writeFile } from './backup-copy.js'
import { BackupError } from './backup-error.js'
import { type BackupFile, type BackupManifest, writeManifest } from './backup-manifest.js'
import { sealedPaths } from './backup-sealed.js'
import { closeAll, linesUpTo, type Snapshot, takeSnapshot } from './backup-snapshot.js'
import { tileSources } from './backup-tiles.js'
import { errnoOf, type FileSystem, isMissing } from './file-system.js'
import { LogFiles } from './log-files.js'
import { peoplePath } from './vault-people.js'

export type BackupOptions = {
  readonly fs: FileSystem
  /** The log's directory. */
  readonly directory: string
  /** Where the backup goes: a directory that is empty or not there. */
  readonly target: string
  /** The time, ms. */
  readonly now: number
  /**
   * Gives a file a second name, as `link` of node:fs/promises. With it, files that never change are linked instead of
   * copied where the file systems allow it.
   */
  readonly link?: (from: string, to: string) => Promise<void>
  /** Hears how many files are done. */
  readonly onProgress?: (files: number) => void
}

/**
 * Backs up one log as it was at its newest checkpoint, while it goes on: every leaf that was signed, nothing later.
 *
 * Keys come along as they are, wrapped by the master key, which does not; neither do the head cell and the positions of
 * followers. Refused: BackupError `not_empty`, `no_checkpoint`, `unsettled`; LedgerError `corrupt`.
 */
export async function backupLog(options: BackupOptions): Promise<BackupManifest> {
  const { fs, directory, target } = options
  if ((await fs.readdir(target)).length > 0) throw new BackupError('not_empty', `${target} holds files already`)
  const snapshot = await takeSnapshot(fs, directory)
  try {
    return await new Backup(options, snapshot).run()
  } finally {
    await closeAll(snapshot.wals)
  }
}

class Backup {
  readonly #files: BackupFile[] = []

  constructor(
    readonly options: BackupOptions,
    readonly snapshot: Snapshot,
  ) {}

  async run(): Promise<BackupManifest> {
    const { fs, directory, target, now } = this.options
    const { checkpoint, note, wals } = this.snapshot
    const { origin, size, root } = checkpoint
    const log = new LogFiles(directory)
    for (const wal of wals) await this.#write(log.wal(wal.first), linesUpTo(size, wal))
    const sealed = await sealedPaths(fs, directory, size, new Set(wals.map((wal) => wal.first)))
    await forEachOf(sealed.unchanging, (path) => this.#linkOrCopy(path))
    await forEachOf([...tileSources(fs, log, size)], async (tile) => {
      const bytes = await tile.cut()
      await (bytes ? this.#write(tile.path, [bytes]) : this.#linkOrCopy(tile.path))
    })
    await forEachOf([...(await sealed.keys()), peoplePath(directory)], (path) => this.#copy(path))
    await this.#write(log.checkpoint, [note])
    this.#files.sort((a, b) => (a.path < b.path ? -1 : 1))
    await syncParents(
      fs,
      target,
      this.#files.map(({ path }) => join(target, path)),
    )
    const manifest = { origin, size, root: encodeBase64(root), takenAt: now, files: this.#files }
    await writeManifest(fs, target, manifest)
    return manifest
  }

  async #write(path: string, pieces: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
    this.#done(path, await writeFile(this.options.fs, this.#target(path), pieces))
  }

  /** A file that has gone since it was listed was disposed of: then it is not part of the log any more. */
  async #copy(path: string): Promise<void> {
    try {
      this.#done(path, await copyFile(this.options.fs, path, this.#target(path)))
    } catch (error) {
      if (!isMissing(error) || !MAY_GO.test(path)) throw error
    }
  }

  async #linkOrCopy(path: string): Promise<void> {
    const { fs, link } = this.options
    const target = this.#target(path)
    if (!link) return this.#copy(path)
    try {
      await fs.mkdir(dirname(target))
      await link(path, target)
      this.#done(path, await hashFile(fs, target))
    } catch (error) {
      if (!NOT_LINKABLE.has(errnoOf(error))) throw error
      await this.#copy(path)
    }
  }

  #target(path: string): string {
    return join(this.options.target, relative(this.options.directory, path))
  }

  #done(path: string, sha256: string): void {
    this.#files.push({ path: relative(this.options.directory, path).replaceAll(sep, '/'), sha256 })
    this.options.onProgress?.(this.#files.length)
  }
}

/** What disposal and age take away, and the keys of persons of a log without any. */
const MAY_GO = /\.(?:seg|key|ids|keys)$/

/** Other file system, no links on it, too many of them, or gone: copying will tell. */
const NOT_LINKABLE = new Set(['EXDEV', 'EPERM', 'ENOTSUP', 'EMLINK', 'ENOENT'])
