import { Kysely, SqliteDialect } from 'kysely'
import Database from 'libsql'
import { ServerError } from '../server-error.js'
import { migrate, migrations, schemaVersion } from './migrations.js'
import type { StateSchema } from './schema.js'

export type StateStore = Kysely<StateSchema>

/**
 * Opens the state store and brings its schema up to date. A committed change survives a power cut.
 *
 * Throws `ServerError` `newer_schema` when a newer Tidemark wrote it: running on could lose what that one added.
 */
export async function openStateStore(path: string): Promise<StateStore> {
  const database = new Database(path)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('busy_timeout = 5000')
  const db = new Kysely<StateSchema>({ dialect: new SqliteDialect({ database }) })
  const version = await schemaVersion(db)
  if (version > migrations.length) {
    await db.destroy()
    const known = migrations.length
    throw new ServerError(
      'newer_schema',
      `${path} has schema ${version}, this Tidemark knows up to ${known}. Start the version that wrote it, or a newer one.`,
    )
  }
  await migrate(db, version)
  return db
}
