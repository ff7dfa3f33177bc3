import { type Checkpoint, parseCheckpoint } from '@tidemark/proof'
import { BackupError } from './backup-error.js'
import { readIfThere } from './durable-file.js'
import { type FileSystem, isMissing, type OpenFile } from './file-system.js'
import { firstOfName, LogFiles } from './log-files.js'
import { damaged, orDamaged } from './seal-damage.js'
import { BatchWalk, wholeLines } from './seal-wal.js'

/** A log at the moment of one checkpoint. The files of its write-ahead log are held open: they may be removed meanwhile. */
export type Snapshot = {
  readonly note: Buffer
  readonly checkpoint: Checkpoint
  readonly wals: readonly SnapshotWal[]
}

/** A WAL that is not sealed, held open. */
export type SnapshotWal = { readonly first: number; readonly path: string; readonly file: OpenFile }

/**
 * Holds on to a checkpoint and to all leaves it covers: those that are not in sealed ranges are in the files it opens.
 *
 * A range is sealed only after it was signed for, so with the same checkpoint before and after, no range that has left
 * the write-ahead log reaches beyond it. Refused: `no_checkpoint`, `unsettled`.
 */
export async function takeSnapshot(fs: FileSystem, directory: string): Promise<Snapshot> {
  const files = new LogFiles(directory)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const note = await readIfThere(fs, files.checkpoint)
    if (!note) throw new BackupError('no_checkpoint', `${files.checkpoint} is not there: nothing was signed yet`)
    const checkpoint = checkpointIn(note, files.checkpoint)
    const wals = await openWals(fs, files, checkpoint.size)
    if (wals && (await readIfThere(fs, files.checkpoint))?.equals(note)) return { note, checkpoint, wals }
    await closeAll(wals ?? [])
  }
  throw new BackupError('unsettled', `${directory} changes faster than it can be read`)
}

export async function closeAll(wals: readonly SnapshotWal[]): Promise<void> {
  for (const wal of wals) await wal.file.close()
}

/** The bytes of a WAL up to the commit line at which the tree had `size` leaves, or to its end. Refused: `corrupt`. */
export async function* linesUpTo(size: number, { first, path, file }: SnapshotWal): AsyncGenerator<Buffer> {
  const walk = new BatchWalk(first)
  try {
    for await (const bytes of wholeLines(file)) {
      const end = await walk.through(bytes, () => undefined, size)
      yield bytes.subarray(0, end)
      if (walk.size >= size && walk.isCommitted) return
    }
  } catch (cause) {
    if (cause instanceof SyntaxError) throw damaged(path, cause.message, { cause })
    throw cause
  }
}

/**
 * The files with leaves below `size` that no sealed range has taken the place of, oldest first; null when one went while
 * they were opened.
 */
async function openWals(fs: FileSystem, files: LogFiles, size: number): Promise<SnapshotWal[] | null> {
  const names = await fs.readdir(files.wals)
  const sealed = new Set(names.map((name) => firstOfName(name, 'sealed')))
  const opened: SnapshotWal[] = []
  for (const first of names.map((name) => firstOfName(name, 'wal'))) {
    if (first === null || first >= size || sealed.has(first)) continue
    const path = files.wal(first)
    const file = await fs.open(path, 'read').catch((error: unknown) => {
      if (isMissing(error)) return null
      throw error
    })
    if (!file) {
      await closeAll(opened)
      return null
    }
    opened.push({ first, path, file })
  }
  return opened
}

function checkpointIn(note: Buffer, path: string): Checkpoint {
  return orDamaged(path, 'it is not a checkpoint', () => {
    const text = note.toString()
    return parseCheckpoint(text.slice(0, text.lastIndexOf('\n\n') + 1))
  })
}

const ATTEMPTS = 20
