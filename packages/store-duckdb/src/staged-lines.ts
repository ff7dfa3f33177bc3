import { rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { type FileRange, type LoadBatch, LoadRefused } from '@tidemark/store'
import { LeafRun } from './leaf-run.js'

/** The lines of a batch in a file of their own, which is what the engine can read. */
export type StagedLines = { readonly path: string; readonly bytes: number; remove(): void }

/**
 * Copies the lines of a batch into `folder`. Refused as `unreadable` when the source is gone or shorter than said, or when
 * the lines are not the leaves of the batch.
 */
export async function stageLines(batch: LoadBatch, folder: string, cursor: number): Promise<StagedLines> {
  const path = join(folder, `load-${batch.first}.ndjson`)
  const remove = () => rmSync(path, { force: true })
  try {
    await copyLines(batch, path)
  } catch (error) {
    remove()
    throw new LoadRefused('unreadable', cursor, `${batch.log}: ${error instanceof Error ? error.message : error}`)
  }
  return { path, bytes: sizeOf(batch.source), remove }
}

const sizeOf = (source: LoadBatch['source']) => ('bytes' in source ? source.bytes.length : source.end - source.start)

async function copyLines({ source, first, end }: LoadBatch, to: string): Promise<void> {
  const run = new LeafRun(first)
  const target = await open(to, 'w')
  try {
    for await (const piece of 'bytes' in source ? [source.bytes] : piecesOf(source)) {
      run.add(piece)
      await target.write(piece)
    }
  } finally {
    await target.close()
  }
  run.finish(end)
}

async function* piecesOf({ path, start, end }: FileRange): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(Math.min(PIECE_BYTES, end - start))
    for (let at = start; at < end; ) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, end - at), at)
      if (bytesRead === 0) throw new Error(`${path} ends at byte ${at}, before ${end}`)
      yield buffer.subarray(0, bytesRead)
      at += bytesRead
    }
  } finally {
    await file.close()
  }
}

const PIECE_BYTES = 4 << 20
