import type { FileSystem } from './file-system.js'
import { LedgerError } from './ledger-error.js'
import type { LedgerRecord } from './ledger-record.js'
import type { Wal } from './wal.js'
import { readRecord } from './wal-record.js'

/**
 * Reads the records of leaves `from` … `to` − 1 out of a WAL that holds them all. `bytes` is how much of the file is
 * committed. Refused: `io`, when a line cannot be read as it was written.
 */
export async function* walRecords(
  fs: FileSystem,
  wal: Wal,
  bytes: number,
  from: number,
  to: number,
): AsyncGenerator<LedgerRecord> {
  const file = await fs.open(wal.path, 'read')
  try {
    for (let first = from; first < to; first += WINDOW_LEAVES) {
      const next = Math.min(first + WINDOW_LEAVES, to)
      const start = wal.lineStart(first)
      const end = next < wal.end ? wal.lineStart(next) : bytes
      yield* recordsIn(await file.read(start, end - start), wal, first, next)
    }
  } finally {
    await file.close()
  }
}

function* recordsIn(bytes: Buffer, wal: Wal, from: number, to: number): Generator<LedgerRecord> {
  let index = from
  for (const line of bytes.toString('utf8').split('\n')) {
    if (line.startsWith('{"i":') && index < to) {
      const record = readRecord(line, wal.first)
      if (record?.index !== index) throw unreadable(wal.path, index)
      yield record
      index++
    }
  }
  if (index < to) throw unreadable(wal.path, index)
}

const unreadable = (path: string, index: number) =>
  new LedgerError('io', `leaf ${index} cannot be read from ${path} as it was written`, { file: path })

const WINDOW_LEAVES = 256
