import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MemoryStore } from '@tidemark/store'
import { type Scope, TidemarkClient } from '@tidemark/wire'
import pino from 'pino'
import { loadConfig, type Options } from '../config/config.js'
import { readAdminChannel } from '../installation/admin-channel.js'
import { initInstallation } from '../installation/identity.js'
import { type RunningServer, type ServerOverrides, startServer } from '../start-server.js'

/** A server on a data directory of its own, with an index in memory unless a test wants the real one. */
export type TestServer = {
  readonly url: string
  readonly dataDir: string
  /** Lines of the process log so far, parsed. */
  readonly logged: Record<string, unknown>[]
  readonly operator: TidemarkClient
  /** A client with a new key of that tenant; the tenant is made when it is new. */
  keyFor(tenant: string, scopes: readonly Scope[], expiresAt?: string): Promise<TestKey>
  restart(): Promise<void>
  stop(): Promise<void>
}

export type TestKey = { readonly id: string; readonly key: string; readonly client: TidemarkClient }

export async function startTestServer(options: Options = {}, overrides: ServerOverrides = {}): Promise<TestServer> {
  const root = await mkdtemp(join(tmpdir(), 'tidemark-server-'))
  const dataDir = join(root, 'data')
  await initInstallation(dataDir, 'tidemark.test')
  const config = loadConfig({ dataDir, port: 0, logLevel: 'debug', ...options }, {})
  const logged: Record<string, unknown>[] = []
  const logger = pino(
    { level: 'debug', base: undefined },
    { write: (line: string) => void logged.push(JSON.parse(line)) },
  )
  const start = (port = 0) => startServer({ ...config, port }, { logger, openIndex: memoryIndex, ...overrides })
  let running: RunningServer = await start()
  let operator = await operatorOf(dataDir)
  return {
    get url() {
      return running.url
    },
    get operator() {
      return operator
    },
    dataDir,
    logged,
    async keyFor(tenant, scopes, expiresAt) {
      const { tenants } = await operator.call('listTenants')
      if (!tenants.some(({ slug }) => slug === tenant)) await operator.call('createTenant', { body: { slug: tenant } })
      const body = { name: 'test', scopes: [...scopes], ...(expiresAt && { expiresAt }) }
      const { id, key } = await operator.call('createTenantKey', { path: { tenant }, body })
      return { id, key, client: new TidemarkClient({ url: running.url, key }) }
    },
    async restart() {
      const port = Number(new URL(running.url).port)
      await running.close()
      running = await start(port)
      operator = await operatorOf(dataDir)
    },
    async stop() {
      await running.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** A small event; what a test does not say is filled in. */
export function sampleEvent(given: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    action: 'auth.login',
    outcome: 'success',
    actor: { id: 'u-17', email: 'ada@example.com', role: 'admin' },
    resource: { type: 'session', id: 'N/A' },
    ...given,
  }
}

/** Waits until `isSo`, at most five seconds. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5000
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('it did not become so in time')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const memoryIndex: NonNullable<ServerOverrides['openIndex']> = async () => {
  const store = new MemoryStore()
  return { store, health: () => 'up', rebuild: async () => undefined }
}

async function operatorOf(dataDir: string): Promise<TidemarkClient> {
  const channel = await readAdminChannel(dataDir)
  return new TidemarkClient({ url: channel!.url, key: channel!.token })
}
