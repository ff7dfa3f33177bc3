import { join } from 'node:path'
import { copyFile, forEachOf, syncParents } from './backup-copy.js'
import { BackupError } from './backup-error.js'
import { type BackupManifest, readManifest } from './backup-manifest.js'
import type { FileSystem } from './file-system.js'

/**
 * Puts a backup in place as the directory of a log, durably. Nothing but what its manifest names is restored, and the
 * checkpoint comes last: a directory without it is an interrupted restore.
 *
 * The head cell still remembers the newest checkpoint of the log that was lost. When that is larger, the log opens only
 * with `acceptHead`: leaves are gone, and that is said aloud. Refused: BackupError `not_empty`, `not_a_backup`, `damaged`.
 */
export async function restoreBackup(fs: FileSystem, backup: string, target: string): Promise<BackupManifest> {
  if ((await fs.readdir(target)).length > 0) throw new BackupError('not_empty', `${target} holds files already`)
  const manifest = await readManifest(fs, backup)
  if (!manifest)
    throw new BackupError('not_a_backup', `${backup} has no manifest that holds`, join(backup, 'manifest.json'))
  const restore = async ({ path, sha256 }: BackupManifest['files'][number]) => {
    const copied = await copyFile(fs, join(backup, path), join(target, path))
    if (copied !== sha256) throw new BackupError('damaged', `${path} is not what was backed up`, join(backup, path))
  }
  const checkpoint = manifest.files.filter(({ path }) => path === 'checkpoint')
  await forEachOf(
    manifest.files.filter(({ path }) => path !== 'checkpoint'),
    restore,
  )
  await syncParents(
    fs,
    target,
    manifest.files.map(({ path }) => join(target, path)),
  )
  await forEachOf(checkpoint, restore)
  await fs.syncDir(target)
  return manifest
}
