import { verifyDirectory } from '@tidemark/verify'
import { readBackupRecord } from '../backup/backup-record.js'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'
import type { Shell } from '../shell.js'
import { withBackupVerdict } from './backup-verdict.js'
import { logsIn } from './log-directories.js'
import { type Verified, type VerifySettings, withProgress } from './verify-options.js'

/** Verifies every log of a data directory or a backup, or the one log whose directory it is. */
export async function verifyDirectories(
  directory: string,
  name: string,
  settings: VerifySettings,
  shell: Shell,
): Promise<Verified[]> {
  const { keys, threads } = settings
  const headDir = shell.env.TIDEMARK_HEAD_DIR ?? `${directory}-head`
  const logs = await logsIn(directory, headDir, shell.env.TIDEMARK_MASTER_KEY)
  if (logs.length === 0) {
    throw new Failure(exitCode.usage, 'not_a_log', `${name} holds no log`, 'tidemark verify <data directory>')
  }
  const isBackup = (await readBackupRecord(directory)) !== undefined
  const verified: Verified[] = []
  for (const { name, directory, origin, ownKey, masterKey, head } of logs) {
    const given = keys.filter((key) => origin === undefined || key.name === origin)
    const verifierKeys = given.length > 0 ? given : ownKey ? [ownKey] : []
    const more = {
      ...(origin !== undefined && { origin }),
      ...(masterKey && { masterKey }),
      ...(head !== undefined && { head }),
    }
    const report = await withProgress(name, settings, shell, (common) =>
      verifyDirectory(directory, { ...common, ...more, verifierKeys, workers: threads }),
    )
    verified.push({ name, report: isBackup ? await withBackupVerdict(report, directory, verifierKeys) : report })
  }
  return verified
}
