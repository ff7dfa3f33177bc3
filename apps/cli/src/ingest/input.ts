import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { exitCode } from '../exit-code.js'
import { Failure } from '../failure.js'
import type { Shell } from '../shell.js'

/** A file, or what comes in on standard input, as the bytes it means: gzip is undone. */
export type Input = {
  /** As it was named; `-` is standard input. */
  readonly name: string
  readonly path: string | undefined
  /** Bytes on disk; undefined for standard input. */
  readonly size: number | undefined
  /** When it was last written, ms; now for standard input. */
  readonly writtenMs: number
  /** Tells this content from another under the same name: a digest of its beginning. Undefined for standard input. */
  readonly fingerprint: string | undefined
  readonly bytes: AsyncIterable<Buffer>
  /** How many of `size` have been read. */
  bytesRead(): number
}

/** Opens what `name` says. Throws a `Failure` when it cannot be read. */
export async function openInput(name: string, shell: Shell): Promise<Input> {
  if (name === '-') return fromStream(name, shell.stdin, shell.now().getTime())
  const path = resolve(shell.cwd, name)
  try {
    const file = await open(path, 'r')
    try {
      const { size, mtimeMs } = await file.stat()
      const head = Buffer.alloc(Math.min(FINGERPRINT_BYTES, size))
      await file.read(head, 0, head.length, 0)
      const fingerprint = `${head.length}:${createHash('sha256').update(head).digest('hex')}`
      const input = fromStream(name, createReadStream(path, { highWaterMark: 1024 * 1024 }), mtimeMs)
      return { ...input, path: await realpath(path), size, fingerprint }
    } finally {
      await file.close()
    }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code
    const what = reason === 'ENOENT' ? 'There is no such file' : `It cannot be read (${reason})`
    throw new Failure(exitCode.failed, reason ?? 'failed', `${what}: ${name}`, 'check the path', { cause: error })
  }
}

/** Whether the beginning of a file is still the one that `fingerprint` was taken of, even if it has grown since. */
export async function beginsLike(path: string, fingerprint: string): Promise<boolean> {
  const [length, digest] = fingerprint.split(':')
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(Number(length))
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    return bytesRead === head.length && createHash('sha256').update(head).digest('hex') === digest
  } finally {
    await file.close()
  }
}

const FINGERPRINT_BYTES = 64 * 1024

function fromStream(name: string, stream: Readable, writtenMs: number): Input {
  let read = 0
  const counted = async function* () {
    for await (const chunk of stream) {
      read += (chunk as Buffer).length
      yield chunk as Buffer
    }
  }
  return {
    name,
    path: undefined,
    size: undefined,
    writtenMs,
    fingerprint: undefined,
    bytes: plainBytes(name, counted()),
    bytesRead: () => read,
  }
}

/** Undoes gzip when the first two bytes say it is gzip, whatever the name ends in. */
async function* plainBytes(name: string, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let first = Buffer.alloc(0)
  while (first.length < 2) {
    const { value, done } = await chunks.next()
    if (done) break
    first = Buffer.concat([first, value])
  }
  const all = async function* () {
    if (first.length > 0) yield first
    yield* chunks
  }
  if (first[0] !== 0x1f || first[1] !== 0x8b) return yield* all()
  const gunzip = createGunzip({ chunkSize: 256 * 1024 })
  feed(all(), gunzip)
  try {
    for await (const chunk of gunzip) yield chunk as Buffer
  } catch (error) {
    const message = `${name} is not a whole gzip file: ${(error as Error).message}`
    throw new Failure(exitCode.failed, 'damaged_gzip', message, `gzip --test ${name}`, { cause: error })
  }
}

async function feed(chunks: AsyncIterable<Buffer>, into: NodeJS.WritableStream & { destroy(error: Error): void }) {
  try {
    for await (const chunk of chunks) {
      if (!into.write(chunk)) await new Promise((resolve) => into.once('drain', resolve))
    }
    into.end()
  } catch (error) {
    into.destroy(error as Error)
  }
}
