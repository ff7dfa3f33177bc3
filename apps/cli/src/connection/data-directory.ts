import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'
import type { Shell } from '../shell.js'

/**
 * The data directory a command means: `--data`, else TIDEMARK_DATA, else `data` or `tidemark-data` in the current
 * directory, whichever was initialised. Undefined when there is none.
 */
export function findDataDirectory(given: string | undefined, shell: Shell): string | undefined {
  const named = given ?? shell.env.TIDEMARK_DATA
  if (named !== undefined) return resolve(shell.cwd, named)
  return ['data', 'tidemark-data'].map((name) => resolve(shell.cwd, name)).find(isInitialised)
}

/** The same, for commands that cannot do without. Throws a `Failure` when it is missing or was not initialised. */
export function requireDataDirectory(given: string | undefined, shell: Shell): string {
  const directory = findDataDirectory(given, shell)
  if (directory && isInitialised(directory)) return directory
  const where = directory ? `${directory} is not a Tidemark data directory` : 'There is no data directory here'
  throw new Failure(exitCode.failed, 'not_initialised', where, 'tidemark init   (or point to one with --data)')
}

export const isInitialised = (directory: string) => existsSync(join(directory, 'tidemark.json'))
