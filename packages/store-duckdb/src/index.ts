export { type DuckDbStore, type DuckDbStoreOptions, openDuckDbStore } from './duckdb-store.js'
export { IndexFailed } from './index-failed.js'
export type { IndexReport } from './index-process.js'
export type { IndexStatus } from './protocol.js'
