import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the public files of a log are read: its checkpoint, tiles and entry bundles, by path inside the log. */
export interface LogReader {
  /** The bytes of a file; null when there is none. Throws `UnreachableError` when that cannot be found out. */
  read(path: string): Promise<Buffer | null>
}

/** The log could not be read at all; nothing is said about its content. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
  readonly code = 'unreachable'
}

/** A log in a directory. */
export function directoryReader(directory: string): LogReader {
  return { read: async (path) => readIfThere(join(directory, path)) }
}

/** The bytes of a file; null when there is none, or when a directory stands in its place. */
export function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null
    throw error
  }
}

/** A log that is served; `base` is the address its checkpoint is below. `token` is sent as a bearer token. */
export function urlReader(base: string, token?: string): LogReader {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return {
    read: async (path) => {
      const url = `${base.replace(/\/+$/, '')}/${path}`
      const response = await fetch(url, { headers }).catch((cause: unknown) => {
        throw new UnreachableError(`${url} cannot be reached`, { cause })
      })
      if (response.status === 404) return null
      if (!response.ok) throw new UnreachableError(`${url} answered ${response.status}`)
      return Buffer.from(await response.arrayBuffer())
    },
  }
}
