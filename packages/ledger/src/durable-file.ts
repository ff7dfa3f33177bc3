import { dirname } from 'node:path'
import { type FileSystem, isMissing } from './file-system.js'

/**
 * Replaces a file so that a power cut leaves either the old or the new contents: temp + fsync + rename + fsync(dir).
 *
 * Only one writer per path at a time. A leftover `<path>.tmp` is of no meaning and overwritten.
 */
export async function writeDurably(fs: FileSystem, path: string, bytes: Uint8Array): Promise<void> {
  await writeAtomically(fs, path, bytes, true)
  await fs.syncDir(dirname(path))
}

/** Replaces a file in one step that a crash of the process cannot tear; with `sync`, nor can a power cut. */
export async function writeAtomically(fs: FileSystem, path: string, bytes: Uint8Array, sync: boolean): Promise<void> {
  const temporary = `${path}.tmp`
  const file = await createOver(fs, temporary)
  try {
    await file.write(bytes, 0)
    if (sync) await file.sync()
  } finally {
    await file.close()
  }
  await fs.rename(temporary, path)
}

/** The bytes of a file; null when there is none. */
export async function readIfThere(fs: FileSystem, path: string): Promise<Buffer | null> {
  try {
    return await fs.readFile(path)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

async function createOver(fs: FileSystem, path: string) {
  try {
    return await fs.open(path, 'create')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    await fs.unlink(path)
    return fs.open(path, 'create')
  }
}
