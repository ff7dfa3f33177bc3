import type { DuckDBConnection } from '@duckdb/node-api'
import { isNextBatch, type LoadBatch, LoadRefused } from '@tidemark/store'
import { kindOfEngineError, remedyOf } from './engine-error.js'
import { IndexFailed } from './index-failed.js'
import { loadEvents } from './load-statement.js'
import { stageLines } from './staged-lines.js'

/** A log as the index knows it: its number in the table, and how many leaves are loaded and safely on disk. */
export type LogState = { readonly number: number; cursor: number; savedCursor: number }

export type LoaderOptions = {
  readonly stagingFolder: string
  readonly saveAfterMs: number
  /** Bytes of lines whose events may be in memory only. */
  readonly unsavedBytes: number
  readonly onDamage: (error: IndexFailed) => void
}

/**
 * Takes batches in, one at a time, and writes them out to the file.
 *
 * Loaded rows are first only in memory. They are written (a checkpoint) when they fill a row group of the engine, so
 * that row groups on disk are nearly full, and at the latest `saveAfterMs` after they came.
 */
export class IndexLoader {
  readonly logs = new Map<string, LogState>()
  events = 0
  readonly #connection: DuckDBConnection
  readonly #options: LoaderOptions
  #unsavedEvents = 0
  #unsavedBytes = 0
  #isSaved = true
  #saveTimer: NodeJS.Timeout | undefined
  #queue: Promise<unknown> = Promise.resolve()

  /** `onDamage` hears of a file that can no longer be written; a full disk is tried again with the next batch. */
  constructor(connection: DuckDBConnection, options: LoaderOptions) {
    this.#connection = connection
    this.#options = options
  }

  /** Reads where each log stands. */
  async start(): Promise<void> {
    for (const [number, name, cursor] of await this.#rows('SELECT number, name, cursor FROM logs')) {
      this.logs.set(String(name), { number: Number(number), cursor: Number(cursor), savedCursor: Number(cursor) })
    }
    const [[count] = [0]] = await this.#rows('SELECT count(*) FROM events')
    this.events = Number(count)
  }

  load(batch: LoadBatch): Promise<void> {
    return this.#inTurn(async () => {
      const log = this.logs.get(batch.log) ?? { number: this.logs.size + 1, cursor: 0, savedCursor: 0 }
      if (!isNextBatch(batch, log.cursor)) return
      const loaded = await this.#loadWithRoom(batch, log)
      log.cursor = batch.end
      this.logs.set(batch.log, log)
      this.events += loaded
      this.#unsavedEvents += loaded
      this.#isSaved = false
      const isFull = this.#unsavedEvents + loaded > ROW_GROUP || this.#unsavedBytes > this.#options.unsavedBytes
      if (isFull) this.#saveSoon()
      else this.#saveTimer ??= setTimeout(() => this.#saveSoon(), this.#options.saveAfterMs)
    })
  }

  #saveSoon(): void {
    this.save().catch((error) => {
      if (error instanceof IndexFailed && error.remedy !== 'none') this.#options.onDamage(error)
    })
  }

  /** Writes everything loaded to the file. */
  save(): Promise<void> {
    return this.#inTurn(() => this.#saveNow())
  }

  async #saveNow(): Promise<void> {
    clearTimeout(this.#saveTimer)
    this.#saveTimer = undefined
    if (this.#isSaved) return
    const mayMerge = this.#unsavedEvents < SMALL_SAVE
    try {
      await this.#connection.run(`SET max_vacuum_tasks = ${mayMerge ? 1 : 0}`)
      await this.#connection.run('CHECKPOINT')
    } catch (error) {
      throw new IndexFailed(messageOf(error), remedyOf(kindOfEngineError(error)))
    }
    this.#unsavedEvents = 0
    this.#unsavedBytes = 0
    this.#isSaved = true
    for (const log of this.logs.values()) log.savedCursor = log.cursor
  }

  /** What is loaded but not saved takes memory; when a batch finds too little, it is tried again after a save. */
  async #loadWithRoom(batch: LoadBatch, log: LogState): Promise<number> {
    try {
      return await this.#loadBatch(batch, log)
    } catch (error) {
      if (this.#isSaved || !(error instanceof LoadRefused) || error.code !== 'busy') throw error
      await this.#saveNow()
      return this.#loadBatch(batch, log)
    }
  }

  async #loadBatch(batch: LoadBatch, log: LogState): Promise<number> {
    const staged = await stageLines(batch, this.#options.stagingFolder, log.cursor)
    try {
      await this.#connection.run('BEGIN')
      const inserted = await this.#connection.run(loadEvents(log.number, staged.path))
      const isKnown = this.logs.has(batch.log)
      const move = isKnown
        ? 'UPDATE logs SET cursor = $3 WHERE number = $1 AND name = $2'
        : 'INSERT INTO logs VALUES ($1, $2, $3)'
      await this.#connection.run(move, [log.number, batch.log, BigInt(batch.end)])
      await this.#connection.run('COMMIT')
      this.#unsavedBytes += staged.bytes
      return inserted.rowsChanged
    } catch (error) {
      await this.#connection.run('ROLLBACK').catch(() => {})
      throw refusalOf(error, log.cursor)
    } finally {
      staged.remove()
    }
  }

  async #rows(sql: string): Promise<unknown[][]> {
    return (await this.#connection.runAndReadAll(sql)).getRowsJS()
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work)
    this.#queue = done.catch(() => {})
    return done
  }
}

/** Rows of one row group of the engine: the unit in which it compresses, and skips what a question does not need. */
const ROW_GROUP = 122_880
/** Below this, a save also merges small row groups that earlier ones left; above, it would hold up loading. */
const SMALL_SAVE = 30_000

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

function refusalOf(error: unknown, cursor: number): Error {
  const message = messageOf(error)
  const kind = kindOfEngineError(error)
  if (kind === 'bad_input') return new LoadRefused('unreadable', cursor, `the lines cannot be read: ${message}`)
  const remedy = remedyOf(kind)
  if (remedy !== 'none') return new IndexFailed(message, remedy)
  return new LoadRefused('busy', cursor, `the index could not take the batch: ${message}`)
}
