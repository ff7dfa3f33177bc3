import { randomBytes } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ServerError } from '../server-error.js'
import { DataPaths } from './data-paths.js'
import { writePrivateFile } from './private-file.js'

const hostPattern = /^[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?$/
const Identity = z.object({ v: z.literal(1), host: z.string().regex(hostPattern), createdAt: z.string() })

/** What an installation is for ever: `host` begins the origin of each of its logs. */
export type Identity = z.infer<typeof Identity>

/**
 * Makes a data directory: its identity and, unless one is given from outside, its master key.
 *
 * Throws `ServerError` `already_initialised`, `invalid_config` when the host is no host name.
 */
export async function initInstallation(dataDir: string, host: string, keepsMasterKey = true): Promise<Identity> {
  const paths = new DataPaths(dataDir, '')
  if (!hostPattern.test(host)) throw new ServerError('invalid_config', `"${host}" is not a host name`)
  if (await exists(paths.identity))
    throw new ServerError('already_initialised', `${dataDir} is a data directory already`)
  if (keepsMasterKey && !(await exists(paths.masterKey))) {
    await writePrivateFile(paths.masterKey, `${randomBytes(32).toString('base64')}\n`)
  }
  const identity: Identity = { v: 1, host, createdAt: new Date().toISOString() }
  await writePrivateFile(paths.identity, `${JSON.stringify(identity)}\n`)
  return identity
}

/** Throws `ServerError` `not_initialised`, `invalid_config` when the file is damaged. */
export async function readIdentity(dataDir: string): Promise<Identity> {
  const path = join(dataDir, 'tidemark.json')
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) {
    throw new ServerError(
      'not_initialised',
      `${dataDir} is not a Tidemark data directory. Make one: tidemark init --data ${dataDir}`,
    )
  }
  const parsed = Identity.safeParse(jsonOf(text))
  if (parsed.success) return parsed.data
  throw new ServerError(
    'invalid_config',
    `${path} is damaged: it does not name the installation. Restore it from a backup`,
  )
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )
