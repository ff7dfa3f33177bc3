import { type FileHandle, mkdir, open, readdir, readFile, rename, rmdir, unlink } from 'node:fs/promises'
import { type FileSystem, isMissing, type OpenFile } from './file-system.js'

/** The operating system's files. New files and directories are readable by their owner's group, never writable by it. */
export const nodeFileSystem = (): FileSystem => ({
  open: async (path, mode) => new NodeFile(await open(path, FLAGS[mode], 0o640)),
  readFile: (path) => readFile(path),
  readdir: async (path) => (await unlessMissing(readdir(path), [])).sort(),
  mkdir: async (path) => void (await mkdir(path, { recursive: true, mode: 0o750 })),
  rename,
  unlink: (path) => unlessMissing(unlink(path), undefined),
  rmdir: (path) => unlessMissing(rmdir(path), undefined),
  syncDir,
})

class NodeFile implements OpenFile {
  constructor(readonly handle: FileHandle) {}

  async write(bytes: Uint8Array, position: number): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.handle.write(bytes, done, bytes.length - done, position + done)
      if (bytesWritten === 0) throw Object.assign(new Error('the disk took no more bytes'), { code: 'ENOSPC' })
      done += bytesWritten
    }
  }

  async read(position: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(length)
    let done = 0
    while (done < length) {
      const { bytesRead } = await this.handle.read(bytes, done, length - done, position + done)
      if (bytesRead === 0) break
      done += bytesRead
    }
    return bytes.subarray(0, done)
  }

  truncate = (size: number) => this.handle.truncate(size)
  datasync = () => this.handle.datasync()
  sync = () => this.handle.sync()
  size = async () => (await this.handle.stat()).size
  close = () => this.handle.close()
}

const FLAGS = { read: 'r', write: 'r+', create: 'wx+' }

/** Windows cannot open a directory; its file system orders names by itself. */
async function syncDir(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function unlessMissing<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (isMissing(error)) return otherwise
    throw error
  }
}
