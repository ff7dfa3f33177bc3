import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Shell } from '../shell.js'

/** How far a file has been taken in by one server: everything before `offset` is acknowledged. */
export type ResumePoint = {
  readonly fingerprint: string
  /** In the bytes of the file after decompression. */
  readonly offset: number
  /** Where the last acknowledged batch began: it is sent again to see that the server still has it. */
  readonly checkFrom: number
  readonly records: number
}

/** Where a file's resume point is kept: one file for each path, server, key and format. */
export function resumePath(shell: Shell, ...of: readonly string[]): string {
  const { env } = shell
  const base = env.XDG_STATE_HOME || join(env.HOME ?? homedir(), '.local', 'state')
  const name = createHash('sha256').update(of.join('\0')).digest('hex').slice(0, 32)
  return join(base, 'tidemark', 'ingest', `${name}.json`)
}

export async function readResumePoint(path: string): Promise<ResumePoint | undefined> {
  try {
    const { v, ...point } = JSON.parse(await readFile(path, 'utf8'))
    return v === 1 ? point : undefined
  } catch {
    return undefined
  }
}

export async function writeResumePoint(path: string, point: ResumePoint): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(`${path}.new`, `${JSON.stringify({ v: 1, ...point })}\n`, { mode: 0o600 })
  await rename(`${path}.new`, path)
}

export const forgetResumePoint = (path: string) => rm(path, { force: true })
