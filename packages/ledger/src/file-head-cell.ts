import { join } from 'node:path'
import { readIfThere, writeDurably } from './durable-file.js'
import { errnoOf, type FileSystem } from './file-system.js'
import type { HeadCell } from './head-cell.js'
import { LedgerError } from './ledger-error.js'

/**
 * A head cell in a directory of its own: one file per log, replaced by temp + fsync + rename + fsync(directory).
 *
 * A lock file keeps two processes from swapping at once. One that a dead process left behind is taken over when
 * `isStale` says so of what is written in it.
 */
export function fileHeadCell(fs: FileSystem, directory: string, lock: HeadLock = processLock): HeadCell {
  const pathOf = (origin: string) => join(directory, encodeURIComponent(origin))
  const read = async (origin: string) => (await readIfThere(fs, pathOf(origin)))?.toString('utf8') ?? null
  const busy = new Map<string, Promise<void>>()

  async function swap(origin: string, previous: string | null, next: string): Promise<void> {
    const path = pathOf(origin)
    await fs.mkdir(directory)
    await takeLock(fs, `${path}.lock`, lock)
    try {
      if ((await read(origin)) !== previous) throw moved(origin)
      await writeDurably(fs, path, Buffer.from(next))
    } finally {
      await fs.unlink(`${path}.lock`)
    }
  }

  return {
    read,
    replace: async (origin, previous, next) => {
      const before = busy.get(origin) ?? Promise.resolve()
      const mine = before.catch(() => {}).then(() => swap(origin, previous, next))
      busy.set(origin, mine)
      await mine
    },
  }
}

/** How a lock file says who holds it, and how to see that nobody does any more. */
export type HeadLock = { readonly owner: string; isStale(owner: string): boolean }

const processLock: HeadLock = {
  owner: String(process.pid),
  isStale: (owner) => Number(owner) === process.pid || !isAlive(Number(owner)),
}

async function takeLock(fs: FileSystem, path: string, lock: HeadLock): Promise<void> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = await fs.open(path, 'create')
      await file.write(Buffer.from(lock.owner), 0)
      await file.close()
      return
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error
      const owner = (await readIfThere(fs, path))?.toString('latin1')
      if (owner !== undefined && owner !== '' && !lock.isStale(owner)) break
      await fs.unlink(path)
    }
  }
  throw new LedgerError('head_conflict', `another process is changing the head cell (${path})`)
}

/** Whether a process of this machine is running; one we may not signal is. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errnoOf(error) === 'EPERM'
  }
}

const moved = (origin: string) =>
  new LedgerError('head_conflict', `the head cell of ${origin} holds another checkpoint than expected.`, {
    advice:
      'Another process has signed for this log, or the cell was replaced. This one signs no more. Make sure that only one ' +
      'server uses the data directory, then restart.',
  })
