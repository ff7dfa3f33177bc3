import { mkdir, open, readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { AppendFile } from './append-file.js'
import { indexedLines } from './line-index.js'
import type { RefusedLine } from './quarantine-line.js'

/** Bytes after which a new file is begun. */
const fileBytes = 16 * 1024 * 1024

type RefusedFile = {
  readonly first: number
  readonly path: string
  readonly file: AppendFile
  readonly offsets: number[]
}

/**
 * Refused events of one tenant in numbered files, `<first number>.ndjson`. In memory there is one offset per event.
 * A file is removed when nothing in it is held any more.
 */
export class RefusedFiles {
  readonly #directory: string
  readonly #files: RefusedFile[]
  #next: number

  private constructor(directory: string, files: RefusedFile[], next: number) {
    this.#directory = directory
    this.#files = files
    this.#next = next
  }

  static async open(directory: string, atLeast: number): Promise<RefusedFiles> {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const names = (await readdir(directory)).filter((name) => /^\d{12}\.ndjson$/.test(name)).sort()
    const files: RefusedFile[] = []
    for (const name of names) files.push(await openFile(directory, Number.parseInt(name, 10)))
    const last = files.at(-1)
    return new RefusedFiles(directory, files, Math.max(atLeast, last ? last.first + last.offsets.length : 1))
  }

  get bytes(): number {
    return this.#files.reduce((sum, { file }) => sum + file.size, 0)
  }

  /** One more than the highest number ever given. */
  get next(): number {
    return this.#next
  }

  /** Numbers that still have their bytes, ascending. */
  *numbers(): Generator<number> {
    for (const { first, offsets } of this.#files) for (let i = 0; i < offsets.length; i++) yield first + i
  }

  /** Appends refused events, numbered in order; resolves with the first number once they are durable. One at a time. */
  async append(refused: readonly Omit<RefusedLine, 'n'>[]): Promise<number> {
    const target = await this.#fileForNext()
    const first = this.#next
    const lines = refused.map((line, i) => Buffer.from(`${JSON.stringify({ n: first + i, ...line })}\n`))
    let offset = await target.file.append(Buffer.concat(lines))
    for (const line of lines) {
      target.offsets.push(offset)
      offset += line.length
    }
    this.#next += refused.length
    return first
  }

  /** The kept line of a number; undefined when its bytes are gone. */
  async read(n: number): Promise<RefusedLine | undefined> {
    const found = this.#files.find(({ first, offsets }) => n >= first && n < first + offsets.length)
    const offset = found?.offsets[n - found.first]
    if (!found || offset === undefined) return undefined
    const end = found.offsets[n - found.first + 1] ?? found.file.size
    return JSON.parse((await found.file.read(offset, end - offset)).toString())
  }

  /** Removes full files in which nothing `isHeld`. The last file stays: it is still written to. */
  async removeSettled(isHeld: (n: number) => boolean): Promise<void> {
    for (const file of this.#files.slice(0, -1)) {
      if (file.offsets.some((_, i) => isHeld(file.first + i))) continue
      this.#files.splice(this.#files.indexOf(file), 1)
      await file.file.close()
      await unlink(file.path)
    }
  }

  async close(): Promise<void> {
    for (const { file } of this.#files) await file.close()
  }

  async #fileForNext(): Promise<RefusedFile> {
    const last = this.#files.at(-1)
    if (last && last.file.size < fileBytes) return last
    const file = await openFile(this.#directory, this.#next)
    const directory = await open(this.#directory)
    await directory.sync().finally(() => directory.close())
    this.#files.push(file)
    return file
  }
}

async function openFile(directory: string, first: number): Promise<RefusedFile> {
  const path = join(directory, `${String(first).padStart(12, '0')}.ndjson`)
  const offsets: number[] = []
  let end = 0
  for await (const line of indexedLines(path)) {
    offsets.push(line.offset)
    end = line.offset + line.length
  }
  return { first, path, file: await AppendFile.open(path, end), offsets }
}
