import { mkdir, open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { ServerError } from '../server-error.js'

/**
 * Takes the data directory for this process; the function returned gives it back.
 *
 * A lock whose process is gone (a crash, a power cut) is taken over. Throws `ServerError` `in_use` otherwise.
 */
export async function takeLock(dataDir: string): Promise<() => Promise<void>> {
  const directory = join(dataDir, 'run')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, 'lock')
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await create(path)) return () => unlink(path)
    const owner = await ownerOf(path)
    if (owner && (await isAlive(owner))) {
      throw new ServerError(
        'in_use',
        `Process ${owner.pid} is using ${dataDir}. Stop it first, or use the command that talks to it.`,
      )
    }
    await unlink(path).catch(() => undefined)
  }
  throw new ServerError('in_use', `Another process keeps taking the lock ${path}`)
}

type Owner = { readonly pid: number; readonly startedAt: string }

async function create(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600)
    await file.writeFile(JSON.stringify({ pid: process.pid, startedAt: (await startOf(process.pid)) ?? '' }))
    await file.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function ownerOf(path: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** A process id is used again after a restart of the machine, so its start counts too where the system tells it. */
async function isAlive({ pid, startedAt }: Owner): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  const start = await startOf(pid)
  return start === undefined || startedAt === '' || start === startedAt
}

/** When a process started, in ticks since boot with the boot's id; undefined where /proc does not say. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ])
    return `${boot.trim()} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return undefined
  }
}
