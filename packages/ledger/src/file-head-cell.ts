import { join } from 'node:path'
import { readIfThere, writeDurably } from './durable-file.js'
import { errnoOf, type FileSystem } from './file-system.js'
import type { HeadCell } from './head-cell.js'
import { LedgerError } from './ledger-error.js'
import { isRunning } from './lock-owner.js'

/**
 * A head cell in a directory of its own: one file per log, replaced by temp + fsync + rename + fsync(directory).
 *
 * A lock file keeps two processes from swapping at once. One that a dead process left behind is taken over when
 * `isStale` says so of what is written in it.
 */
export function fileHeadCell(fs: FileSystem, directory: string, lock: HeadLock = processLock): HeadCell {
  const pathOf = (origin: string) => join(directory, `${encodeURIComponent(origin)}.head`)
  const read = async (origin: string) => (await readIfThere(fs, pathOf(origin)))?.toString('utf8') ?? null

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
    replace: (origin, previous, next) => oneAfterTheOther(pathOf(origin), () => swap(origin, previous, next)),
  }
}

/** Swaps under way in this process, by path: the lock file only keeps other processes out. */
const swaps = new Map<string, Promise<void>>()

async function oneAfterTheOther(path: string, swap: () => Promise<void>): Promise<void> {
  const before = swaps.get(path) ?? Promise.resolve()
  const mine = before.catch(() => {}).then(swap)
  swaps.set(path, mine)
  await mine.finally(() => {
    if (swaps.get(path) === mine) swaps.delete(path)
  })
}

/** How a lock file says who holds it, and how to see that nobody does any more. */
export type HeadLock = { readonly owner: string; isStale(owner: string): boolean }

const processLock: HeadLock = {
  owner: String(process.pid),
  isStale: (owner) => Number(owner) === process.pid || !isRunning(Number(owner)),
}

async function takeLock(fs: FileSystem, path: string, lock: HeadLock): Promise<void> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await createLock(fs, path, lock.owner)
      return
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error
      const [owner, end] = ((await readIfThere(fs, path))?.toString('latin1') ?? '').split('\n')
      if (owner && end !== undefined && !lock.isStale(owner)) break
      await fs.unlink(path)
    }
  }
  throw new LedgerError('head_conflict', `another process is changing the head cell (${path})`)
}

/** The owner's name ends in a newline: a file without one was torn by a crash and nobody's. */
async function createLock(fs: FileSystem, path: string, owner: string): Promise<void> {
  const file = await fs.open(path, 'create')
  try {
    await file.write(Buffer.from(`${owner}\n`), 0)
    await file.close()
  } catch (error) {
    await fs.unlink(path)
    throw error
  }
}

const moved = (origin: string) =>
  new LedgerError('head_conflict', `the head cell of ${origin} holds another checkpoint than expected.`, {
    advice:
      'Another process has signed for this log, or the cell was replaced. This one signs no more. Make sure that only one ' +
      'server uses the data directory, then restart.',
  })
