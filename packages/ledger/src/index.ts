export { type BackupOptions, backupLog } from './backup.js'
export { BackupError, type BackupErrorCode } from './backup-error.js'
export type { BackupFile, BackupManifest } from './backup-manifest.js'
export { restoreBackup } from './backup-restore.js'
export { type BackupProblem, type BackupVerdict, type VerifyBackupOptions, verifyBackup } from './backup-verify.js'
export { type DirectoryLock, lockDirectory } from './directory-lock.js'
export { fileHeadCell } from './file-head-cell.js'
export type { FileSystem, OpenFile } from './file-system.js'
export type { Follower } from './follower.js'
export type { HeadCell } from './head-cell.js'
export {
  createMasterKey,
  KeyError,
  type KeyErrorCode,
  type Keyring,
  masterKeyring,
  parseMasterKey,
  type Random,
  readMasterKey,
} from './keyring.js'
export { LedgerError, type LedgerErrorCode } from './ledger-error.js'
export type { LedgerRecord, StoredEvent } from './ledger-record.js'
export { isRunning, type LockOwner } from './lock-owner.js'
export { type EventSalts, type Log, receiptOf } from './log.js'
export { nodeFileSystem } from './node-file-system.js'
export type { LedgerNotice, LedgerNoticeCode } from './notice.js'
export { defaultLimits, type LogLimits, type LogOptions, openLog } from './open-log.js'
export type { SignedCheckpoint } from './publisher.js'
export type { AppendResult, Receipt } from './receipt.js'
export { defaultRounds, type LogRounds } from './rounds.js'
export { SealThread } from './seal-thread.js'
export { SealedFiles, type SealedFilesOptions } from './sealed-files.js'
export type { SealedHalf } from './sealed-half.js'
export { type LineBatch, walLines } from './sealed-lines.js'
export type { SealedReader } from './sealed-reader.js'
export type { SealedEvent, SealedRecord } from './sealed-record.js'
export type { Commit } from './sequencer.js'
export type { WalSlice } from './wal-slices.js'
