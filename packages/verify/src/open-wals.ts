import { closeSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { firstName } from './segment-name.js'

/** A write-ahead file that is held open, so that it can be read even after a running server has sealed and removed it. */
export type OpenWal = { readonly first: number; readonly fd: number }

/** Path of a write-ahead file inside the log. */
export const walPath = (first: number): string => `wal/${firstName(first)}.wal`

/** The write-ahead files of a log, held open from the moment they are seen. */
export class OpenWals {
  readonly #open = new Map<number, number>()

  constructor(readonly directory: string) {
    this.refresh()
  }

  /** By first leaf, ascending. */
  get files(): OpenWal[] {
    return [...this.#open].map(([first, fd]) => ({ first, fd })).sort((a, b) => a.first - b.first)
  }

  /** Opens those that came since. */
  refresh(): void {
    for (const first of this.#list()) {
      if (this.#open.has(first)) continue
      const fd = ifThere(() => openSync(join(this.directory, walPath(first)), 'r'))
      if (fd !== null) this.#open.set(first, fd)
    }
  }

  close(): void {
    for (const fd of this.#open.values()) closeSync(fd)
  }

  #list(): number[] {
    const names = ifThere(() => readdirSync(join(this.directory, 'wal'))) ?? []
    return names.flatMap((name) => /^(\d{12})\.wal$/.exec(name)?.[1] ?? []).map(Number)
  }
}

/** Null when what is asked for is not there. */
function ifThere<T>(ask: () => T): T | null {
  try {
    return ask()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
