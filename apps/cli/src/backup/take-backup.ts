import { existsSync } from 'node:fs'
import { cp, mkdir, open, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { backupLog, nodeFileSystem } from '@tidemark/ledger'
import { formatVerifierKey } from '@tidemark/proof'
import { readIdentity } from '@tidemark/server'
import Database from 'libsql'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'
import { logsIn } from '../verify/log-directories.js'
import { type BackupRecord, RECORD_NAME } from './backup-record.js'

export type TakeBackupOptions = {
  readonly directory: string
  readonly headDir: string
  readonly target: string
  /** Take the key along that opens everything. */
  readonly withMasterKey: boolean
  /** The master key, when it comes from the environment. */
  readonly masterKey: string | undefined
  readonly now: Date
  readonly onProgress?: (log: string, files: number) => void
}

/**
 * Copies a data directory, while its server goes on: every log as it was at a checkpoint, the tenants and keys, the
 * quarantine, and the secrets, which are wrapped by the master key. The index is left out: it is made from the ledger.
 *
 * Throws a `Failure` when the target holds anything; BackupError of the ledger when a log cannot be copied.
 */
export async function takeBackup(options: TakeBackupOptions): Promise<BackupRecord> {
  const { directory, headDir, masterKey, now, onProgress, target, withMasterKey } = options
  if ((await readdir(target).catch(() => [])).length > 0) {
    throw new Failure(exitCode.failed, 'not_empty', `${target} holds files already`, 'name a new directory with --out')
  }
  await mkdir(target, { recursive: true, mode: 0o700 })
  const { host } = await readIdentity(directory)
  const logs: BackupRecord['logs'] = {}
  for (const { directory: from, name, ownKey } of await logsIn(directory, headDir, masterKey)) {
    const to = join(target, from.slice(directory.length + 1))
    const onFiles = (files: number) => onProgress?.(name, files)
    const { origin, root, size } = await backupLog({
      fs: nodeFileSystem(),
      directory: from,
      target: to,
      now: now.getTime(),
      onProgress: onFiles,
    })
    logs[name] = { origin, size, root, ...(ownKey && { verifierKey: formatVerifierKey(ownKey) }) }
  }
  copyState(join(directory, 'state.db'), join(target, 'state.db'))
  await copySecrets(directory, target, withMasterKey)
  if (existsSync(join(directory, 'quarantine'))) {
    await cp(join(directory, 'quarantine'), join(target, 'quarantine'), { recursive: true })
  }
  await cp(join(directory, 'tidemark.json'), join(target, 'tidemark.json'))
  const record: BackupRecord = { v: 1, takenAt: now.toISOString(), host, logs, masterKey: withMasterKey }
  await writeDurably(target, RECORD_NAME, `${JSON.stringify(record, null, 2)}\n`)
  return record
}

/** A consistent copy of the database, whoever writes to it meanwhile. */
function copyState(from: string, to: string): void {
  const database = new Database(from, { readonly: true })
  try {
    database.pragma('busy_timeout = 5000')
    database.prepare('VACUUM INTO ?').run(to)
  } finally {
    database.close()
  }
}

/** Signing keys come along as they are, wrapped; the master key only when asked for; the command's own key never. */
async function copySecrets(directory: string, target: string, withMasterKey: boolean): Promise<void> {
  const from = join(directory, 'secrets')
  await cp(from, join(target, 'secrets'), {
    recursive: true,
    filter: (path) => !path.endsWith('command-line.json') && (withMasterKey || !path.endsWith('master.key')),
  })
}

async function writeDurably(directory: string, name: string, text: string): Promise<void> {
  const temporary = join(directory, `${name}.new`)
  await writeFile(temporary, text, { flush: true })
  await rename(temporary, join(directory, name))
  const handle = await open(directory, 'r')
  await handle.sync().finally(() => handle.close())
}
