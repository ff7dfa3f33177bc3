export type { FileSystem, OpenFile } from './file-system.js'
export { LedgerError, type LedgerErrorCode } from './ledger-error.js'
export type { LedgerRecord, StoredEvent } from './ledger-record.js'
export { nodeFileSystem } from './node-file-system.js'
