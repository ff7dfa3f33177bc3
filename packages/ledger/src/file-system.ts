/**
 * The disk as the ledger sees it: few calls, each of which can fail, tear or lose its answer.
 *
 * Failures are Node's: an `Error` with a `code` such as ENOENT, ENOSPC or EIO. Paths are absolute. What was written is
 * only certain after `datasync` or `sync`; a name (create, rename, unlink) only after `syncDir` of its directory.
 */
export interface FileSystem {
  /** `create` refuses a file that is there already (EEXIST); `write` and `read` one that is not (ENOENT). */
  open(path: string, mode: 'read' | 'write' | 'create'): Promise<OpenFile>
  readFile(path: string): Promise<Buffer>
  /** The names in a directory, sorted; none when there is no such directory. */
  readdir(path: string): Promise<string[]>
  /** Makes the directory and those above it; fine when it is there. */
  mkdir(path: string): Promise<void>
  /** Replaces `to` when it exists. */
  rename(from: string, to: string): Promise<void>
  /** Fine when the file is gone already. */
  unlink(path: string): Promise<void>
  /** Fine when the directory is gone already; ENOTEMPTY when something is in it. */
  rmdir(path: string): Promise<void>
  syncDir(path: string): Promise<void>
}

/** One open file. Positions and lengths are bytes. */
export interface OpenFile {
  /** Writes all of `bytes`; after a refusal any part of them may have landed. */
  write(bytes: Uint8Array, position: number): Promise<void>
  /** Up to `length` bytes; fewer only at the end of the file. */
  read(position: number, length: number): Promise<Buffer>
  truncate(size: number): Promise<void>
  /** Resolves once contents and size survive a power cut. */
  datasync(): Promise<void>
  /** `datasync`, and the file's other attributes too. */
  sync(): Promise<void>
  size(): Promise<number>
  close(): Promise<void>
}

/** The `code` of a file-system error, or '' when it has none. */
export function errnoOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code
  return typeof code === 'string' ? code : ''
}

/** Whether a file-system error says that there is no such file. */
export const isMissing = (error: unknown): boolean => errnoOf(error) === 'ENOENT'
