import { hkdfSync } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type PreparedEvent, prepareValue } from '@tidemark/event'
import {
  type DirectoryLock,
  LedgerError,
  lockDirectory,
  nodeFileSystem,
  parseMasterKey,
  readMasterKey,
} from '@tidemark/ledger'
import type { Logger } from 'pino'
import { Administration } from '../administration/administration.js'
import { type Act, type Doer, eventOfAct } from '../administration/administrative-act.js'
import type { Config } from '../config/config.js'
import { ServerError } from '../server-error.js'
import { openStateStore, type StateStore } from '../state/state-store.js'
import { DataPaths, logsOf, originOf } from './data-paths.js'
import { type Identity, readIdentity } from './identity.js'
import { idMaker } from './new-id.js'
import { Quarantines } from './quarantines.js'
import { TenantLogs } from './tenant-logs.js'

export type InstallationParts = {
  readonly config: Config
  readonly logger: Logger
  readonly clock?: () => number
  readonly onRevoked?: (keyId: string) => void
  readonly acceptHead?: boolean
}

/** A data directory in use by this process: its logs, state and quarantines, without any network. */
export class Installation {
  private constructor(
    readonly identity: Identity,
    readonly paths: DataPaths,
    readonly clock: () => number,
    readonly db: StateStore,
    readonly logs: TenantLogs,
    readonly quarantines: Quarantines,
    readonly administration: Administration,
    readonly newId: () => string,
    /** Secret of this installation for what it hands out and takes back, 32 bytes. */
    readonly cursorKey: Buffer,
    readonly lock: DirectoryLock,
  ) {}

  /**
   * Opens everything and recovers what a crash left. Only one process may have a data directory open.
   *
   * Throws `ServerError` (`not_initialised`, `in_use`, `newer_schema`), LedgerError when a log is not the one that was
   * signed, KeyError when the master key is missing or another one.
   */
  static async open({
    config,
    logger,
    clock = Date.now,
    onRevoked,
    acceptHead = false,
  }: InstallationParts): Promise<Installation> {
    const identity = await readIdentity(config.dataDir)
    const paths = new DataPaths(config.dataDir, config.headDir)
    const lock = await takeLock(paths)
    try {
      const masterKey = config.masterKey ? parseMasterKey(config.masterKey) : await readMasterKey(paths.masterKey)
      const db = await openStateStore(paths.state)
      const logs = new TenantLogs({ paths, host: identity.host, masterKey, logger, clock, acceptHead })
      const quarantines = new Quarantines(paths, config.quarantineBytes)
      const newId = idMaker(clock)
      const administration = new Administration({
        db,
        now: () => new Date(clock()),
        newId,
        originOf: (tenant) => originOf(identity.host, tenant),
        openLogs: async (tenant) => {
          for (const name of logsOf(tenant)) await logs.open(name)
        },
        record: (tenant, event) => recordIn(logs, tenant, [event], clock, newId),
        ...(onRevoked && { onRevoked }),
      })
      const cursorKey = Buffer.from(hkdfSync('sha256', masterKey, '', 'tidemark cursor', 32))
      const opened = new Installation(
        identity,
        paths,
        clock,
        db,
        logs,
        quarantines,
        administration,
        newId,
        cursorKey,
        lock,
      )
      for (const { slug } of await administration.tenants()) {
        for (const name of logsOf(slug)) await logs.open(name)
        await quarantines.of(slug)
      }
      await administration.recordLeftovers()
      return opened
    } catch (error) {
      await lock.release()
      throw error
    }
  }

  /** Records acts in a tenant's administration log as one batch; resolves when they are durable. */
  async recordActs(tenant: string, acts: readonly Act[], doer: Doer): Promise<void> {
    const now = new Date(this.clock())
    const events = acts.map((act) => eventOfAct(act, doer, this.newId(), now))
    await recordIn(this.logs, tenant, events, this.clock, this.newId)
  }

  /** Signs what there is and lets go of everything. */
  async close(): Promise<void> {
    try {
      await this.logs.close()
      await this.quarantines.close()
      await this.db.destroy()
    } finally {
      await this.lock.release()
    }
  }
}

async function recordIn(
  logs: TenantLogs,
  tenant: string,
  events: readonly Record<string, unknown>[],
  clock: () => number,
  newId: () => string,
): Promise<void> {
  const { log } = await logs.open(`${tenant}/_audit`)
  const prepared = events.map((event): PreparedEvent => {
    const result = prepareValue(event, { now: clock(), origin: 'http', newId, defaultService: 'tidemark' })
    if ('refusal' in result)
      throw new Error(`an administrative event was refused: ${result.refusal.pointer} ${result.refusal.reason}`)
    return result.event
  })
  await log.append(prepared)
}

/** Throws `ServerError` `in_use` while another process has the data directory. */
async function takeLock({ lock }: DataPaths): Promise<DirectoryLock> {
  await mkdir(dirname(lock), { recursive: true, mode: 0o700 })
  try {
    return await lockDirectory(nodeFileSystem(), lock)
  } catch (error) {
    if (!(error instanceof LedgerError && error.code === 'locked')) throw error
    throw new ServerError('in_use', error.message, { cause: error })
  }
}
