/**
 * Why a backup is not taken or restored. `no_checkpoint`: the log has signed nothing yet. `not_empty`: the target holds
 * files. `not_a_backup`: no manifest, or a damaged one. `damaged`: a file is not the one that was backed up. `unsettled`:
 * the log changed faster than it could be read.
 */
export type BackupErrorCode = 'no_checkpoint' | 'not_empty' | 'not_a_backup' | 'damaged' | 'unsettled'

export class BackupError extends Error {
  override readonly name = 'BackupError'

  constructor(
    readonly code: BackupErrorCode,
    happened: string,
    readonly file?: string,
  ) {
    super(happened)
  }
}
