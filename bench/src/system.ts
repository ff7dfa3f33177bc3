import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const cli = join(import.meta.dirname, '..', '..', 'apps', 'cli', 'bin', 'tidemark.js')

/** A Tidemark of its own on an empty data directory below the temporary folder. */
export type System = {
  readonly port: number
  readonly url: string
  readonly key: string
  readonly dataDir: string
  readonly mainPid: number
  /** CPU seconds used so far by the server and every process below it. */
  cpuSeconds(): number
  /** Resident bytes of the main process now, and at its highest. */
  memory(): { now: number; peak: number }
  get<T>(path: string): Promise<T>
  /** Resolves when every stored event can be found. */
  indexed(): Promise<void>
  stop(): Promise<void>
  restart(): Promise<number>
  remove(): void
}

const run = (...args: string[]) => execFileSync(process.execPath, [cli, ...args], { encoding: 'utf8' })

export async function startSystem(): Promise<System> {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'))
  const dataDir = join(folder, 'data')
  run('init', '--data', dataDir)
  run('tenant', 'create', 'bench', '--data', dataDir)
  const created = run(
    'key',
    'create',
    '--tenant',
    'bench',
    '--scopes',
    'write,read,verify,admin',
    '--data',
    dataDir,
    '--json',
  )
  const { key } = JSON.parse(created) as { key: string }
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let server = await serve(dataDir, port)

  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(url + path, { headers: { authorization: `Bearer ${key}` } })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as T
  }
  return {
    port,
    url,
    key,
    dataDir,
    get mainPid() {
      return server.pid as number
    },
    cpuSeconds: () => processTree(server.pid as number).reduce((sum, pid) => sum + cpuSecondsOf(pid), 0),
    memory: () => memoryOf(server.pid as number),
    get,
    async indexed() {
      for (;;) {
        const state = await get<{ treeSize: number; indexed: number }>('/v1/log')
        if (state.indexed >= state.treeSize) return
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    stop: () => stop(server),
    async restart() {
      await stop(server)
      const before = performance.now()
      server = await serve(dataDir, port)
      return performance.now() - before
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function serve(dataDir: string, port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [cli, 'serve', '--data', dataDir, '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, TIDEMARK_LOG_LEVEL: 'error', NODE_OPTIONS: '--max-semi-space-size=64' },
  })
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    const up = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      (response) => response.ok,
      () => false,
    )
    if (up) return child
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const TICKS_PER_SECOND = 100

function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

function processTree(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  return [pid, ...(children === '' ? [] : children.split(' ').flatMap((child) => processTree(Number(child))))]
}

function memoryOf(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024
  return { now: read('VmRSS'), peak: read('VmHWM') }
}

/** Bytes below `folder`, by its first-level folders. */
export function diskSplit(folder: string): Record<string, number> {
  const bytesBelow = (path: string): number =>
    readdirSync(path, { withFileTypes: true }).reduce(
      (sum, entry) =>
        sum + (entry.isDirectory() ? bytesBelow(join(path, entry.name)) : statSync(join(path, entry.name)).size),
      0,
    )
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => [entry.name, bytesBelow(join(folder, entry.name))]),
  )
}
