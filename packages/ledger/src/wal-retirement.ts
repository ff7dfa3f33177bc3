import { writeDurably } from './durable-file.js'
import type { Followers } from './follower.js'
import type { LogParts } from './log-parts.js'
import type { Placer } from './placer.js'
import type { WalRange } from './sealed-half.js'
import { syncTiles } from './tile-sync.js'
import type { Wal } from './wal.js'
import type { WalWriter } from './wal-writer.js'

export type RetirementParts = Pick<LogParts, 'fs' | 'files' | 'tiles' | 'sealed' | 'report'> & {
  readonly placer: Placer
  readonly writer: WalWriter
  readonly followers: Followers
  /** Up to which size tiles are in place and signed. */
  publishedSize(): number
}

/**
 * Seals complete WAL files, one at a time, and removes them.
 *
 * A file goes only when its segments, keys, locator, vault and ids are durable, so are the tiles and entry bundles of its
 * range, and every follower has passed it.
 */
export class WalRetirement {
  /** Sealed files that are still here. */
  #sealed: WalRange[]
  #running: Promise<void> | null = null

  constructor(
    readonly parts: RetirementParts,
    sealed: readonly WalRange[],
  ) {
    this.#sealed = [...sealed]
  }

  /** Sealed WAL files that somebody still needs, oldest first. */
  get pinned(): readonly WalRange[] {
    return this.#sealed
  }

  /** Retires what can be retired now. One pass at a time; a call meanwhile joins. What fails is reported and tried again. */
  run(): Promise<void> {
    this.#running ??= this.#pass()
      .catch((cause: unknown) => {
        this.parts.report({
          code: 'seal_failed',
          message: `a WAL file could not be sealed or removed: ${cause}`,
          cause,
        })
      })
      .finally(() => {
        this.#running = null
      })
    return this.#running
  }

  /** Resolves when no pass is under way. */
  async idle(): Promise<void> {
    await this.#running
  }

  async #pass(): Promise<void> {
    this.parts.placer.closeOverdue(this.parts.publishedSize())
    for (const wal of this.parts.placer.wals.filter((known) => known.isComplete)) {
      if (wal.end > this.parts.publishedSize()) break
      await this.#seal(wal)
    }
    await this.#remove()
  }

  async #seal(wal: Wal): Promise<void> {
    const { fs, files, tiles, sealed, placer, writer } = this.parts
    const range = { path: wal.path, first: wal.first, end: wal.end }
    await sealed.seal(range)
    await syncTiles(fs, tiles, range.first, range.end)
    const mark = `{"v":1,"first":${range.first},"end":${range.end}}\n`
    await writeDurably(fs, files.sealedMark(wal.first), Buffer.from(mark))
    this.#sealed.push(range)
    placer.forget(wal)
    await writer.release(wal)
  }

  async #remove(): Promise<void> {
    if (this.#sealed.length === 0) return
    const { fs, files } = this.parts
    const needed = await this.parts.followers.lowest()
    for (const range of this.#sealed.filter(({ end }) => end <= needed)) {
      await fs.unlink(range.path)
      await fs.syncDir(files.wals)
      await fs.unlink(files.sealedMark(range.first))
      this.#sealed = this.#sealed.filter((known) => known !== range)
    }
  }
}
