import { join } from 'node:path'

/** How many leaves one WAL file covers at most; its range is aligned to this. */
export const WAL_LEAVES = 65_536

/** Where the files of one log are. */
export class LogFiles {
  readonly wals: string
  readonly checkpoint: string
  readonly followers: string

  constructor(readonly directory: string) {
    this.wals = join(directory, 'wal')
    this.checkpoint = join(directory, 'checkpoint')
    this.followers = join(directory, 'followers')
  }

  wal(first: number): string {
    return join(this.wals, `${firstName(first)}.wal`)
  }

  /** Says that everything in that WAL is durable elsewhere too. */
  sealedMark(first: number): string {
    return join(this.wals, `${firstName(first)}.sealed`)
  }

  /** A file by its path inside the log, as `tilePath` and `entriesPath` give it. */
  path(relative: string): string {
    return join(this.directory, relative)
  }
}

/** The name of everything that belongs to the WAL whose first leaf is `first`: 12 digits. */
export const firstName = (first: number): string => String(first).padStart(12, '0')

/** The first leaf a file in the WAL directory belongs to; null for a name with another ending. */
export function firstOfName(name: string, ending: 'wal' | 'sealed'): number | null {
  const [, digits, end] = /^(\d{12,})\.(wal|sealed)$/.exec(name) ?? []
  return digits !== undefined && end === ending ? Number(digits) : null
}

/** The UTC day of a time in milliseconds, YYYY-MM-DD: the period of a segment. */
export const periodOf = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10)
