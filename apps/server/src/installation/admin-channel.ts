import { randomBytes } from 'node:crypto'
import { readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** How the command line reaches the server that is running on a data directory. */
export type AdminChannel = { readonly url: string; readonly token: string }

const pathOf = (dataDir: string) => join(dataDir, 'run', 'admin.json')

/** A token only this machine's owner of the data directory can read. */
export const createOperatorToken = () => randomBytes(32).toString('hex')

/** Writes the address and the token down, readable by the owner alone; the function returned takes them back. */
export async function openAdminChannel(dataDir: string, channel: AdminChannel): Promise<() => Promise<void>> {
  const path = pathOf(dataDir)
  await writeFile(`${path}.new`, JSON.stringify(channel), { mode: 0o600 })
  await rename(`${path}.new`, path)
  return () => unlink(path).catch(() => undefined)
}

/** The channel of a data directory; undefined when no server runs there. One that crashed may have left a dead one. */
export async function readAdminChannel(dataDir: string): Promise<AdminChannel | undefined> {
  try {
    return JSON.parse(await readFile(pathOf(dataDir), 'utf8'))
  } catch {
    return undefined
  }
}
