import { type Kysely, sql } from 'kysely'
import type { StateSchema } from './schema.js'

type Migration = (db: Kysely<StateSchema>) => Promise<void>

/** Migration n brings the schema from version n to n + 1. Never edited once released. */
export const migrations: readonly Migration[] = [
  async (db) => {
    await db.schema
      .createTable('tenants')
      .addColumn('slug', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('origin', 'text', (column) => column.notNull().unique())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('api_keys')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('tenant', 'text', (column) => column.notNull().references('tenants.slug'))
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('scopes', 'text', (column) => column.notNull())
      .addColumn('secret_hash', 'blob', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'text')
      .addColumn('last_used_at', 'text')
      .addColumn('revoked_at', 'text')
      .execute()
    await db.schema.createIndex('api_keys_tenant').on('api_keys').column('tenant').execute()
    await db.schema
      .createTable('outbox')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('tenant', 'text', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .execute()
  },
]

/** The schema version the database has; 0 for an empty one. */
export async function schemaVersion(db: Kysely<StateSchema>): Promise<number> {
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(db)
  return rows[0]?.user_version ?? 0
}

/** Runs what is missing, each migration in its own transaction. */
export async function migrate(db: Kysely<StateSchema>, from: number): Promise<void> {
  for (let version = from; version < migrations.length; version++) {
    await db.transaction().execute(async (transaction) => {
      await migrations[version]!(transaction)
      await sql`pragma user_version = ${sql.lit(version + 1)}`.execute(transaction)
    })
  }
}
