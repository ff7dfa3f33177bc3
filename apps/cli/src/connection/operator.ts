import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ApiProblem, TidemarkClient } from '@tidemark/wire'

/** A client with the rights of whoever owns the data directory, when a server runs on it; undefined otherwise. */
export async function operatorOf(directory: string): Promise<TidemarkClient | undefined> {
  const channel = await readChannel(directory)
  if (!channel) return undefined
  const client = new TidemarkClient({ url: channel.url, key: channel.token })
  try {
    await client.call('health')
    return client
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'unreachable') return undefined
    throw error
  }
}

/** What a running server writes for the command line: its address, and a token only the owner can read. */
async function readChannel(directory: string): Promise<{ url: string; token: string } | undefined> {
  try {
    return JSON.parse(await readFile(join(directory, 'run', 'admin.json'), 'utf8'))
  } catch {
    return undefined
  }
}
