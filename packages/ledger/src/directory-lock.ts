import { readIfThere } from './durable-file.js'
import { errnoOf, type FileSystem } from './file-system.js'
import { LedgerError } from './ledger-error.js'
import { type LockOwner, type ProcessTable, thisMachine } from './lock-owner.js'

/** A data directory that belongs to this process until it lets go. */
export type DirectoryLock = { release(): Promise<void> }

/**
 * Takes the lock file at `path` for this process, which from then on is the only one to use the directory.
 *
 * A lock whose process is gone is taken over at once. Where that cannot be seen (another container or machine on a shared
 * disk), its heartbeat is watched for `STALE_MS` first. Refused: `locked`.
 */
export async function lockDirectory(
  fs: FileSystem,
  path: string,
  table: ProcessTable = thisMachine(),
): Promise<DirectoryLock> {
  const claim = new Claim(fs, path, table)
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await claim.create()) {
      await table.sleep(SETTLE_MS)
      if (await claim.isOurs()) return claim.hold()
    } else if (await claim.isAlive()) break
    else await fs.unlink(path)
  }
  throw locked(path, await claim.owner())
}

/** How often the owner shows that it lives, and after how long without that nobody believes it. */
export const BEAT_MS = 5_000
export const STALE_MS = 3 * BEAT_MS
/** Two processes that take over the same stale lock have both written by then, and one of them finds the other's. */
const SETTLE_MS = 30

class Claim {
  #beat = 0

  constructor(
    readonly fs: FileSystem,
    readonly path: string,
    readonly table: ProcessTable,
  ) {}

  async create(): Promise<boolean> {
    try {
      const file = await this.fs.open(this.path, 'create')
      await file.write(this.#text(), 0)
      await file.close()
      return true
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') return false
      throw error
    }
  }

  async owner(): Promise<LockOwner | null> {
    try {
      return JSON.parse((await readIfThere(this.fs, this.path))?.toString('utf8') ?? 'null') as LockOwner | null
    } catch {
      return null
    }
  }

  async isOurs(): Promise<boolean> {
    return (await this.owner())?.token === this.table.self.token
  }

  async isAlive(): Promise<boolean> {
    const owner = await this.owner()
    const alive = owner && this.table.isAlive(owner)
    if (alive !== undefined && owner) return alive === true
    await this.table.sleep(owner ? STALE_MS : SETTLE_MS)
    const later = await this.owner()
    return later !== null && (later.beat !== owner?.beat || later.token !== owner.token)
  }

  hold(): DirectoryLock {
    const stop = this.table.every(BEAT_MS, () => this.#show())
    return {
      release: async () => {
        stop()
        if (await this.isOurs()) await this.fs.unlink(this.path)
      },
    }
  }

  async #show(): Promise<void> {
    if (!(await this.isOurs())) return
    this.#beat++
    const file = await this.fs.open(this.path, 'write')
    await file.write(this.#text(), 0)
    await file.close()
  }

  #text(): Buffer {
    return Buffer.from(JSON.stringify({ ...this.table.self, beat: this.#beat }))
  }
}

const locked = (path: string, owner: LockOwner | null) =>
  new LedgerError('locked', `the data directory is in use by process ${owner?.pid ?? '?'} on ${owner?.host ?? '?'}.`, {
    file: path,
    advice: `Stop that server first. If you are sure that it does not run, remove ${path}.`,
  })
