import type { FileSystem } from './file-system.js'
import type { WalRange } from './sealed-half.js'
import type { Wal } from './wal.js'
import { eachLine, scanWal } from './wal-scan.js'

/**
 * Whole lines of a WAL file: bytes `startByte` … `endByte` − 1 of `path` hold leaves `first` … `end` − 1, with commit
 * lines between them.
 */
export type WalSlice = {
  readonly path: string
  readonly startByte: number
  readonly endByte: number
  readonly first: number
  readonly end: number
}

/** The committed lines of an open WAL from leaf `from` on, in slices of about `sliceBytes`. */
export function* slicesOfOpen(
  wal: Wal,
  bytes: number,
  size: number,
  from: number,
  sliceBytes: number,
): Generator<WalSlice> {
  const end = Math.min(wal.end, size)
  for (let first = from; first < end; ) {
    const startByte = wal.lineStart(first)
    let next = first + 1
    while (next < end && wal.lineStart(next) - startByte < sliceBytes) next++
    yield { path: wal.path, startByte, endByte: next < end ? wal.lineStart(next) : bytes, first, end: next }
    first = next
  }
}

/** The same for a file that is sealed and still here: its lines are looked up in the file. */
export async function slicesOfSealed(
  fs: FileSystem,
  range: WalRange,
  from: number,
  sliceBytes: number,
): Promise<WalSlice[]> {
  const slices: WalSlice[] = []
  const file = await fs.open(range.path, 'read')
  try {
    let index = range.first
    await scanWal(file, range.path, range.first, (batch) => {
      eachLine(batch.lines, (start) => {
        if (index++ < from) return
        const startByte = batch.offset + start
        const last = slices.at(-1)
        if (!last || startByte - last.startByte >= sliceBytes) slices.push(sliceAt(range.path, startByte, index - 1))
        slices[slices.length - 1] = { ...slices.at(-1)!, end: index, endByte: batch.offset + batch.lines.length }
      })
    })
  } finally {
    await file.close()
  }
  return slices.map((slice, i) => ({ ...slice, endByte: slices[i + 1]?.startByte ?? slice.endByte }))
}

const sliceAt = (path: string, startByte: number, first: number): WalSlice => ({
  path,
  startByte,
  endByte: startByte,
  first,
  end: first,
})
