import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { type AuditEvent, canonicalize } from '@tidemark/event'
import { duckdbDialect } from '../src/dialect-duckdb.js'
import { ipKeyOf } from '../src/ip-range.js'
import type { Sql } from '../src/print-sql.js'
import { instantNs } from '../src/time-value.js'

/** A DuckDB table that holds events in each of the ways a field can be stored: columns, lists, JSON. */
export const dialect = duckdbDialect({
  column({ path }) {
    const sql = ownColumns[path]
    if (sql) return { kind: 'value', sql }
    if (path === 'actor.roles') return { kind: 'list', sql: 'roles' }
    if (path === 'details') return { kind: 'json', sql: 'details' }
    if (path.startsWith('targets'))
      return { kind: 'json', sql: 'targets', isList: true, keys: path.split('.').slice(1) }
    return { kind: 'json', sql: 'doc', keys: path.split('.') }
  },
})

const ownColumns: Readonly<Record<string, string>> = {
  time: 'time_ns',
  receivedAt: 'received_ns',
  index: 'leaf',
  action: 'action',
  outcome: 'outcome',
  'actor.id': 'actor_id',
  'client.ip': 'ip',
  message: 'message',
}

export class EventTable {
  readonly #connection: DuckDBConnection

  private constructor(connection: DuckDBConnection) {
    this.#connection = connection
  }

  static async open(): Promise<EventTable> {
    const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect()
    await connection.run(
      `CREATE TABLE events (n INTEGER, time_ns BIGINT, received_ns BIGINT, leaf BIGINT, action VARCHAR, outcome VARCHAR,
       actor_id VARCHAR, ip VARCHAR, message VARCHAR, roles VARCHAR[], targets JSON, details JSON, doc JSON)`,
    )
    return new EventTable(connection)
  }

  async fill(events: readonly AuditEvent[]): Promise<void> {
    await this.#connection.run('DELETE FROM events')
    for (const [n, event] of events.entries()) {
      await this.#connection.run(
        'INSERT INTO events VALUES ($1, $2::BIGINT, $3::BIGINT, $4, $5, $6, $7, $8, $9, CAST($10::JSON AS VARCHAR[]), $11, $12, $13)',
        [
          n,
          instantNs(event.time),
          instantNs(event.receivedAt),
          event.index,
          event.action,
          event.outcome,
          event.actor.id,
          event.client?.ip === undefined ? null : ipKeyOf(event.client.ip),
          event.message,
          event.actor.roles ? canonicalize(event.actor.roles) : null,
          event.targets ? canonicalize(event.targets) : null,
          event.details ? canonicalize(event.details) : null,
          canonicalize(event),
        ],
      )
    }
  }

  /** The places of the events that fit, in order. */
  async select({ sql, params }: Sql): Promise<number[]> {
    const found = await this.rows({ sql: `SELECT n FROM events WHERE ${sql} ORDER BY n`, params })
    return found.map(([n]) => Number(n))
  }

  async rows({ sql, params }: Sql): Promise<unknown[][]> {
    return (await this.#connection.runAndReadAll(sql, [...params])).getRows()
  }
}
