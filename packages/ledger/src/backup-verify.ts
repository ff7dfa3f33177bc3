import { join } from 'node:path'
import {
  type Checkpoint,
  encodeBase64,
  entriesPath,
  Frontier,
  hashLeaf,
  openCheckpoint,
  parseCheckpoint,
  TILE_WIDTH,
  type VerifierKey,
} from '@tidemark/proof'
import { forEachOf, hashFile } from './backup-copy.js'
import { type BackupManifest, readManifest } from './backup-manifest.js'
import { readIfThere } from './durable-file.js'
import { type FileSystem, isMissing } from './file-system.js'
import { entriesOf } from './tile-files.js'

/** What is wrong with one file of a backup. */
export type BackupProblem = {
  /** Below the backup's directory. */
  readonly path: string
  readonly problem: 'missing' | 'altered' | 'bad-checkpoint' | 'other-log' | 'wrong-root'
}

/** Whether a backup can be relied on. The problems are those of its files, by path. */
export type BackupVerdict =
  | { readonly valid: true; readonly manifest: BackupManifest }
  | { readonly valid: false; readonly problems: readonly BackupProblem[] }

export type VerifyBackupOptions = {
  /** Keys the checkpoint must be signed by; without them the signature is not looked at. */
  readonly trusted?: readonly VerifierKey[]
  /** Hears how many files are done. */
  readonly onProgress?: (files: number) => void
}

/**
 * Checks a backup against its manifest, file by file, and its leaves against its checkpoint: the root over all entries in
 * it must be the signed one, so a backup and the log it was taken from can be compared by their roots.
 */
export async function verifyBackup(
  fs: FileSystem,
  backup: string,
  options: VerifyBackupOptions = {},
): Promise<BackupVerdict> {
  const manifest = await readManifest(fs, backup)
  if (!manifest) return { valid: false, problems: [{ path: 'manifest.json', problem: 'altered' }] }
  const problems = await changedFiles(fs, backup, manifest, options.onProgress)
  if (problems.length === 0) problems.push(...(await treeProblems(fs, backup, manifest, options.trusted)))
  problems.sort((a, b) => (a.path < b.path ? -1 : 1))
  return problems.length === 0 ? { valid: true, manifest } : { valid: false, problems }
}

async function changedFiles(
  fs: FileSystem,
  backup: string,
  { files }: BackupManifest,
  onProgress: VerifyBackupOptions['onProgress'],
): Promise<BackupProblem[]> {
  const problems: BackupProblem[] = []
  let done = 0
  await forEachOf(files, async ({ path, sha256 }) => {
    try {
      if ((await hashFile(fs, join(backup, path))) !== sha256) problems.push({ path, problem: 'altered' })
    } catch (error) {
      if (!isMissing(error)) throw error
      problems.push({ path, problem: 'missing' })
    }
    onProgress?.(++done)
  })
  return problems
}

/** Whoever altered a file may have altered the manifest too, but cannot sign another root. */
async function treeProblems(
  fs: FileSystem,
  backup: string,
  manifest: BackupManifest,
  trusted: readonly VerifierKey[] | undefined,
): Promise<BackupProblem[]> {
  const note = (await readIfThere(fs, join(backup, 'checkpoint'))) ?? Buffer.alloc(0)
  const checkpoint = checkpointOf(note, trusted)
  if (!checkpoint) return [{ path: 'checkpoint', problem: 'bad-checkpoint' }]
  const { origin, size, root } = manifest
  const isSame = checkpoint.origin === origin && checkpoint.size === size && encodeBase64(checkpoint.root) === root
  if (!isSame) return [{ path: 'checkpoint', problem: 'other-log' }]
  return rootProblems(fs, backup, checkpoint)
}

function checkpointOf(note: Buffer, trusted: readonly VerifierKey[] | undefined): Checkpoint | null {
  try {
    const text = note.toString()
    if (!trusted) return parseCheckpoint(text.slice(0, text.lastIndexOf('\n\n') + 1))
    const opened = openCheckpoint(note, trusted)
    return opened.valid ? opened.checkpoint : null
  } catch {
    return null
  }
}

async function rootProblems(fs: FileSystem, backup: string, { size, root }: Checkpoint): Promise<BackupProblem[]> {
  const frontier = new Frontier()
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
    const path = entriesPath(index, width)
    const bytes = await readIfThere(fs, join(backup, path))
    const entries = bytes && entriesOf(bytes)
    if (entries?.length !== width) return [{ path, problem: bytes ? 'altered' : 'missing' }]
    for (const entry of entries) frontier.append(hashLeaf(entry))
  }
  const isRight = Buffer.from(frontier.root()).equals(root)
  return isRight ? [] : [{ path: 'tile/entries', problem: 'wrong-root' }]
}
