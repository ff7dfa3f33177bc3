import { existsSync } from 'node:fs'
import { cp, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { nodeFileSystem, restoreBackup } from '@tidemark/ledger'
import { DataPaths } from '@tidemark/server'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'
import { type BackupRecord, readBackupRecord } from './backup-record.js'

/**
 * Puts a backup in place as a data directory. Every file of a log is checked against its sum while it is copied.
 *
 * Throws a `Failure` when the source is no whole backup or the target holds anything; BackupError of the ledger when a
 * file is not the one that was backed up.
 */
export async function restoreInstallation(
  backup: string,
  target: string,
  onProgress: (log: string) => void = () => undefined,
): Promise<BackupRecord> {
  const record = await readBackupRecord(backup)
  if (!record)
    throw new Failure(
      exitCode.failed,
      'not_a_backup',
      `${backup} is not a whole backup`,
      'tidemark backup --out <directory>',
    )
  if ((await readdir(target).catch(() => [])).length > 0) {
    throw new Failure(exitCode.failed, 'not_empty', `${target} holds files already`, 'name a new directory with --data')
  }
  await mkdir(target, { recursive: true, mode: 0o700 })
  for (const name of Object.keys(record.logs)) {
    onProgress(name)
    const from = new DataPaths(backup, '').log(name)
    await restoreBackup(nodeFileSystem(), from, new DataPaths(target, '').log(name))
  }
  for (const part of ['state.db', 'secrets', 'quarantine', 'tidemark.json']) {
    if (existsSync(join(backup, part))) await cp(join(backup, part), join(target, part), { recursive: true })
  }
  return record
}
