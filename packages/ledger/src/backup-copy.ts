import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import type { FileSystem, OpenFile } from './file-system.js'

/** Copies a file durably; gives the SHA-256 of what it wrote, hexadecimal. */
export async function copyFile(fs: FileSystem, from: string, to: string): Promise<string> {
  const source = await fs.open(from, 'read')
  try {
    return await writeFile(fs, to, piecesOf(source))
  } finally {
    await source.close()
  }
}

/** Writes a new file from pieces, durably; gives the SHA-256, hexadecimal. */
export async function writeFile(
  fs: FileSystem,
  path: string,
  pieces: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<string> {
  await fs.mkdir(dirname(path))
  const target = await fs.open(path, 'create')
  try {
    const hash = createHash('sha256')
    let size = 0
    for await (const piece of pieces) {
      await target.write(piece, size)
      hash.update(piece)
      size += piece.length
    }
    await target.sync()
    return hash.digest('hex')
  } finally {
    await target.close()
  }
}

/** The SHA-256 of a file, hexadecimal. */
export async function hashFile(fs: FileSystem, path: string): Promise<string> {
  const file = await fs.open(path, 'read')
  try {
    const hash = createHash('sha256')
    for await (const piece of piecesOf(file)) hash.update(piece)
    return hash.digest('hex')
  } finally {
    await file.close()
  }
}

/** Does `work` for every item, some of them at once: most of the time goes by waiting for the disk. */
export async function forEachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < items.length) await work(items[next++] as T)
  }
  await Promise.all(Array.from({ length: WORKERS }, worker))
}

/** Makes the names below `root` durable: of every directory in which one of `paths` lies. */
export async function syncParents(fs: FileSystem, root: string, paths: readonly string[]): Promise<void> {
  const directories = new Set([root])
  for (const path of paths) {
    for (let parent = dirname(path); parent.length > root.length; parent = dirname(parent)) directories.add(parent)
  }
  await forEachOf([...directories], (directory) => fs.syncDir(directory))
}

async function* piecesOf(file: OpenFile): AsyncGenerator<Buffer> {
  for (let at = 0; ; ) {
    const piece = await file.read(at, PIECE_BYTES)
    if (piece.length === 0) return
    yield piece
    at += piece.length
  }
}

const PIECE_BYTES = 1024 * 1024
const WORKERS = 8
