import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { readIfThere, writeDurably } from './durable-file.js'
import type { FileSystem } from './file-system.js'
import { checkedLine, parseCheckedLine } from './seal-checked-line.js'

/** What a backup holds of one log. Written last: a directory without it is no backup. */
export type BackupManifest = {
  readonly origin: string
  /** The log as it was when this many leaves were signed. */
  readonly size: number
  /** Root of the tree of these leaves, base64. */
  readonly root: string
  /** When the backup was taken, ms. */
  readonly takenAt: number
  readonly files: readonly BackupFile[]
}

export type BackupFile = {
  /** Below the log's directory, with slashes. */
  readonly path: string
  /** Hexadecimal. */
  readonly sha256: string
}

/**
 * Writes `SHA256SUMS`, which `sha256sum --check` reads, then `manifest.json`, a checked line with the digest of the
 * former.
 */
export async function writeManifest(fs: FileSystem, backup: string, manifest: BackupManifest): Promise<void> {
  const { files, ...about } = manifest
  const sums = Buffer.from(files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join(''))
  await writeDurably(fs, join(backup, SUMS), sums)
  const line = checkedLine({ v: 1, ...about, sums: hexDigest(sums) })
  await writeDurably(fs, join(backup, MANIFEST), Buffer.from(`${line}\n`))
}

/** Reads the manifest of a backup; null when there is none, or none as `writeManifest` wrote it. */
export async function readManifest(fs: FileSystem, backup: string): Promise<BackupManifest | null> {
  const line = await readIfThere(fs, join(backup, MANIFEST))
  const sums = await readIfThere(fs, join(backup, SUMS))
  if (!line || !sums) return null
  try {
    const { v, sums: digest, ...about } = parseCheckedLine(line.toString().replace(/\n$/, ''))
    if (v !== 1 || digest !== hexDigest(sums)) return null
    return { ...(about as Omit<BackupManifest, 'files'>), files: parseSums(sums.toString()) }
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function parseSums(text: string): BackupFile[] {
  const lines = text.split('\n').slice(0, -1)
  return lines.map((line) => {
    const [, sha256, path] = /^([0-9a-f]{64}) {2}([\w./-]+)$/.exec(line) ?? []
    if (!sha256 || !path || path.split('/').includes('..')) throw new SyntaxError('not a sum')
    return { path, sha256 }
  })
}

const hexDigest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const MANIFEST = 'manifest.json'
const SUMS = 'SHA256SUMS'
