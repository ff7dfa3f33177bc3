import { constants, existsSync } from 'node:fs'
import { access, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { countText, durationText } from '../terminal/quantity.js'
import { type LogToVerify, logsIn } from '../verify/log-directories.js'
import { type Check, type Diagnosis, fail, ok, warn } from './check.js'

export type DirectoryFacts = {
  readonly directory: string
  readonly headDir: string
  /** The master key, when it comes from the environment. */
  readonly masterKey: string | undefined
  readonly serverRuns: boolean
  readonly now: Date
}

/** What can be said about a data directory from its files alone. */
export function directoryChecks(facts: DirectoryFacts): Check[] {
  return [
    { name: 'data directory', look: () => dataDirectory(facts) },
    { name: 'lock', look: () => lock(facts) },
    { name: 'keys', look: () => secrets(facts) },
    { name: 'head cell', look: () => headCell(facts) },
    { name: 'checkpoints', look: () => checkpoints(facts) },
  ]
}

async function dataDirectory({ directory }: DirectoryFacts): Promise<Diagnosis> {
  if (!existsSync(directory)) return fail(`${directory} does not exist`, `tidemark init --data ${directory}`)
  if (!existsSync(join(directory, 'tidemark.json'))) {
    return fail(`${directory} was not initialised`, `tidemark init --data ${directory}`)
  }
  try {
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    return fail(`${directory} cannot be written by this user`, `chown -R "$(id -un)" ${directory}`)
  }
  return ok(directory)
}

async function lock({ directory, serverRuns }: DirectoryFacts): Promise<Diagnosis> {
  const owner = await jsonOf<{ pid: number }>(join(directory, 'run', 'lock'))
  if (serverRuns) return ok(`held by the running server${owner ? ` (process ${owner.pid})` : ''}`)
  if (!owner) return ok('free')
  return isAlive(owner.pid)
    ? warn(`process ${owner.pid} holds it, and does not answer`, `look at it: ps -p ${owner.pid} -f`)
    : ok(`left by process ${owner.pid}, which is gone; the next start takes it over`)
}

/** Every secret may be read by its owner alone. */
async function secrets({ directory, masterKey }: DirectoryFacts): Promise<Diagnosis> {
  const folder = join(directory, 'secrets')
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = files.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const hasMaster = masterKey !== undefined || paths.some((path) => path.endsWith('master.key'))
  if (!hasMaster) return fail('the master key is missing', `put it back: ${folder}/master.key, or TIDEMARK_MASTER_KEY`)
  if (process.platform === 'win32') return ok(`${paths.length} files`)
  for (const path of paths) {
    const { mode } = await stat(path)
    if ((mode & 0o077) !== 0) return fail(`${path} can be read by others`, `chmod 600 ${path}`)
  }
  return ok(`${countText(paths.length)} files, readable by their owner alone`)
}

/** The newest signed size outside the directory may not be ahead of the one inside. */
async function headCell(facts: DirectoryFacts): Promise<Diagnosis> {
  const logs = await logsOf(facts)
  for (const { directory, head, name } of logs) {
    const own = await checkpointOf(directory)
    if (!own && head !== undefined && !existsSync(directory)) {
      return fail(`${name}: it remembers ${countText(sizeOf(head))} leaves of a log that is gone`, 'tidemark restore')
    }
    if (!own) continue
    if (head === undefined) {
      return fail(
        `it knows nothing of ${name}`,
        'after a deliberate restore: tidemark restore --accept-head; otherwise put it back',
      )
    }
    const held = sizeOf(head)
    if (held > own.size && !facts.serverRuns) {
      const remedy = `this is an older copy: tidemark verify ${facts.directory}`
      return warn(`${name}: it remembers ${countText(held)} leaves, the log signed ${countText(own.size)}`, remedy)
    }
  }
  return ok(`${facts.headDir} agrees with ${countText(logs.length)} logs`)
}

/** A running server signs once a minute at least. */
async function checkpoints(facts: DirectoryFacts): Promise<Diagnosis> {
  const logs = await logsOf(facts)
  if (logs.length === 0) return warn('there is no log yet', 'tidemark tenant create acme')
  let oldestMs = 0
  for (const { directory, name } of logs) {
    const checkpoint = await checkpointOf(directory)
    if (!checkpoint) return warn(`${name} has signed nothing yet`, 'tidemark serve')
    oldestMs = Math.max(oldestMs, facts.now.getTime() - checkpoint.writtenMs)
  }
  const words = `the oldest was signed ${durationText(Math.max(0, oldestMs))} ago`
  if (!facts.serverRuns) return ok(`${words}, the server is stopped`)
  return oldestMs > 180_000 ? fail(words, 'look at the server’s log: a running server signs every minute') : ok(words)
}

const logsOf = ({ directory, headDir, masterKey }: DirectoryFacts): Promise<LogToVerify[]> =>
  logsIn(directory, headDir, masterKey)

async function checkpointOf(directory: string): Promise<{ size: number; writtenMs: number } | undefined> {
  const path = join(directory, 'checkpoint')
  const note = await readFile(path, 'utf8').catch(() => undefined)
  return note === undefined ? undefined : { size: sizeOf(note), writtenMs: (await stat(path)).mtimeMs }
}

const sizeOf = (note: string) => Number(note.split('\n')[1])

async function jsonOf<Value>(path: string): Promise<Value | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
