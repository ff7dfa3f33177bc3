import { join } from 'node:path'
import { readIfThere, writeDurably } from './durable-file.js'
import type { FileSystem } from './file-system.js'
import type { LogFiles } from './log-files.js'

/** Someone who reads the log at a pace of their own. The log keeps the WAL files they have not passed. */
export interface Follower {
  readonly name: string
  /** The leaf to read next. */
  readonly cursor: number
  /** The leaves before `cursor` will not be asked for again. It is made durable before any file goes. Never goes back. */
  advance(cursor: number): void
  /** Stops following: nothing is kept for this name any more. */
  remove(): Promise<void>
}

/** The followers of one log, with their cursors in `followers/<name>.json`. */
export class Followers {
  readonly #cursors = new Map<string, { durable: number; cursor: number }>()

  private constructor(
    readonly fs: FileSystem,
    readonly files: LogFiles,
  ) {}

  /** Reads the cursors there are. One that cannot be read counts as 0: it keeps files rather than lose them. */
  static async open(fs: FileSystem, files: LogFiles): Promise<Followers> {
    const followers = new Followers(fs, files)
    for (const file of await fs.readdir(files.followers)) {
      if (!file.endsWith('.json')) continue
      const cursor = cursorIn(await readIfThere(fs, join(files.followers, file)))
      followers.#cursors.set(file.slice(0, -'.json'.length), { durable: cursor, cursor })
    }
    return followers
  }

  /** The follower of that name (letters, digits, hyphens); a new one starts at leaf `from`. */
  async follow(name: string, from: number): Promise<Follower> {
    if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(name)) throw new RangeError(`not a follower's name: ${name}`)
    if (!this.#cursors.has(name)) {
      this.#cursors.set(name, { durable: 0, cursor: from })
      await this.#store(name)
    }
    const cursors = this.#cursors
    return {
      name,
      get cursor() {
        return cursors.get(name)?.cursor ?? 0
      },
      advance: (cursor) => {
        const known = cursors.get(name)
        if (known && cursor > known.cursor) known.cursor = cursor
      },
      remove: async () => {
        cursors.delete(name)
        await this.fs.unlink(this.#path(name))
      },
    }
  }

  /** The first leaf somebody still needs, as far as the disk knows; Infinity when nobody follows. */
  async lowest(): Promise<number> {
    for (const [name, { durable, cursor }] of this.#cursors) if (cursor > durable) await this.#store(name)
    return Math.min(Number.POSITIVE_INFINITY, ...[...this.#cursors.values()].map(({ durable }) => durable))
  }

  async #store(name: string): Promise<void> {
    const known = this.#cursors.get(name)
    if (!known) return
    const { cursor } = known
    await this.fs.mkdir(this.files.followers)
    await writeDurably(this.fs, this.#path(name), Buffer.from(`${JSON.stringify({ v: 1, next: cursor })}\n`))
    known.durable = cursor
  }

  #path(name: string): string {
    return join(this.files.followers, `${name}.json`)
  }
}

function cursorIn(bytes: Buffer | null): number {
  try {
    const { next } = JSON.parse(bytes?.toString('utf8') ?? '') as { next: unknown }
    return Number.isSafeInteger(next) ? (next as number) : 0
  } catch {
    return 0
  }
}
