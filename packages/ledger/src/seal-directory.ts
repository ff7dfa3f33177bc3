import { dirname } from 'node:path'
import type { FileSystem } from './file-system.js'

/** Makes `path` and what lies between it and `root`, which exists, so that a power cut does not undo it. */
export async function makeDurably(fs: FileSystem, root: string, path: string): Promise<void> {
  await fs.mkdir(path)
  for (let parent = dirname(path); parent.length >= root.length; parent = dirname(parent)) await fs.syncDir(parent)
}
