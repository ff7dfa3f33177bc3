import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder for one test file, gone after it. */
export function scratchFolder(): { path: (name: string) => string; remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'tidemark-verify-'))
  return { path: (name) => join(root, name), remove: () => rmSync(root, { recursive: true, force: true }) }
}

/** A copy of a log that may be spoiled. */
export class TamperedCopy {
  constructor(
    readonly original: string,
    readonly directory: string,
  ) {
    for (const path of filesOf(original)) this.restore(path)
  }

  /** Puts a file back as it was. */
  restore(path: string): void {
    mkdirSync(dirname(join(this.directory, path)), { recursive: true })
    copyFileSync(join(this.original, path), join(this.directory, path))
  }

  read(path: string): Buffer {
    return readFileSync(join(this.directory, path))
  }

  write(path: string, bytes: string | Uint8Array): void {
    mkdirSync(dirname(join(this.directory, path)), { recursive: true })
    writeFileSync(join(this.directory, path), bytes)
  }

  /** Turns bits of one byte. */
  flip(path: string, offset: number, mask = 0x01): void {
    const bytes = this.read(path)
    bytes[offset]! ^= mask
    this.write(path, bytes)
  }

  remove(path: string): void {
    rmSync(join(this.directory, path), { recursive: true })
  }
}

/** All files below a directory, by path, in a fixed order. */
export function filesOf(directory: string): string[] {
  return (readdirSync(directory, { recursive: true }) as string[])
    .filter((path) => statSync(join(directory, path)).isFile())
    .sort()
}
