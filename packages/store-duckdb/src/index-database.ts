import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { kindOfEngineError } from './engine-error.js'
import { createEvents } from './load-statement.js'
import type { IndexSettings } from './protocol.js'

/** The open database file. `connect` gives a further connection to it. */
export type IndexDatabase = {
  readonly file: string
  readonly opened: 'existing' | 'new' | 'rebuilt'
  /** Where an unusable file was put. */
  readonly setAside?: string
  connect(): Promise<DuckDBConnection>
  close(): void
}

/**
 * Opens the index, or starts an empty one.
 *
 * A file that cannot be read is put aside as `<file>.unreadable` (one is kept); a file with another table than ours is
 * deleted: both are made anew from the ledger. Throws when another process has the file open, or the disk refuses.
 */
export async function openIndexDatabase(settings: IndexSettings): Promise<IndexDatabase> {
  const { file } = settings
  mkdirSync(spillFolder(file), { recursive: true })
  const existed = existsSync(file)
  try {
    const database = await attach(settings)
    if (!existed) return { ...database, file, opened: 'new' }
    if (await hasOurTables(database)) return { ...database, file, opened: 'existing' }
    database.close()
    removeIndex(file)
  } catch (error) {
    if (!existed || notTheFilesFault.has(kindOfEngineError(error))) throw error
    const setAside = setIndexAside(file)
    return { ...(await attach(settings)), file, opened: 'rebuilt', setAside }
  }
  return { ...(await attach(settings)), file, opened: 'rebuilt' }
}

const notTheFilesFault = new Set(['io', 'out_of_memory'])

/** Takes an unusable index out of the way; returns where it went. An older one there is replaced. */
export function setIndexAside(file: string): string {
  const aside = `${file}.unreadable`
  renameSync(file, aside)
  removeIndex(file)
  return aside
}

/** Deletes the index and what belongs to it. */
export function removeIndex(file: string): void {
  for (const path of [file, `${file}.wal`, spillFolder(file)]) rmSync(path, { recursive: true, force: true })
}

/** Changes whenever the tables do, or what is written into them. */
const VERSION = `1 ${createHash('sha256').update(createEvents).digest('hex').slice(0, 16)}`

/** Where queries spill to and batches are staged; emptied with the index. */
export const spillFolder = (file: string) => join(dirname(file), 'tmp')

/**
 * The engine writes no log of its own: a crash takes the file back to its last checkpoint, cursors and all, and what is
 * missing is loaded again from the ledger. That saves a second fsync beside the ledger's.
 */
async function attach(settings: IndexSettings): Promise<Pick<IndexDatabase, 'connect' | 'close'>> {
  const { file, memoryLimitMb, spillLimitMb, threads } = settings
  mkdirSync(spillFolder(file), { recursive: true })
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) })
  try {
    const first = await instance.connect()
    const run = (sql: string) => first.run(sql)
    await run(`SET memory_limit = '${memoryLimitMb}MB'`)
    await run(`SET temp_directory = ${quoted(spillFolder(file))}`)
    await run(`SET max_temp_directory_size = '${spillLimitMb}MB'`)
    await run('SET late_materialization_max_rows = 1001')
    // Checkpoints are the loader's business; the engine would make one with every batch of 16 MB.
    await run("SET checkpoint_threshold = '1TB'")
    await run("SET TimeZone = 'UTC'")
    await run('SET errors_as_json = true')
    await run('SET autoinstall_known_extensions = false')
    await run('SET autoload_known_extensions = false')
    await run(`ATTACH ${quoted(file)} AS tidemark (STORAGE_VERSION 'latest', RECOVERY_MODE NO_WAL_WRITES)`)
    await run('USE tidemark')
    await run('CREATE TABLE IF NOT EXISTS version (version VARCHAR)')
    if ((await first.runAndReadAll('SELECT version FROM version')).currentRowCount === 0) await createTables(first)
    first.closeSync()
  } catch (error) {
    instance.closeSync()
    throw error
  }
  const connect = async () => {
    const connection = await instance.connect()
    await connection.run('USE tidemark')
    return connection
  }
  return { connect, close: () => instance.closeSync() }
}

async function createTables(connection: DuckDBConnection): Promise<void> {
  await connection.run('BEGIN')
  await connection.run(createEvents)
  await connection.run('CREATE TABLE logs (number INTEGER, name VARCHAR, cursor BIGINT)')
  await connection.run('INSERT INTO version VALUES (?)', [VERSION])
  await connection.run('COMMIT')
  await connection.run('CHECKPOINT')
}

async function hasOurTables({ connect }: Pick<IndexDatabase, 'connect'>): Promise<boolean> {
  const connection = await connect()
  try {
    const [row] = (await connection.runAndReadAll('SELECT version FROM version')).getRowsJS()
    return row?.[0] === VERSION
  } finally {
    connection.closeSync()
  }
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
