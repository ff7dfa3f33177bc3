import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'

/** Serves a directory the way any static web server would; gives its address and how to stop it. */
export async function serveFiles(
  directory: string,
  token?: string,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(async (request, response) => {
    const allowed = token === undefined || request.headers.authorization === `Bearer ${token}`
    const bytes = allowed ? await readFile(join(directory, normalize(`/${request.url}`))).catch(() => null) : null
    response.writeHead(allowed ? (bytes ? 200 : 404) : 401).end(bytes ?? undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
