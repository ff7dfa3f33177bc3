import { LedgerError } from './ledger-error.js'
import { firstOfName } from './log-files.js'
import type { LogParts } from './log-parts.js'
import type { Committed } from './placer.js'
import type { Published } from './publisher.js'
import { Replay, type ReplayedWal } from './replay.js'
import { lastEntry, readRightEdge } from './right-edge.js'
import type { WalRange } from './sealed-half.js'
import { checkSigned } from './signed-past.js'
import { Tree } from './tree.js'
import { type LastSigned, newestOf, readLastSigned } from './trusted-checkpoint.js'
import type { Wal } from './wal.js'

/** A log brought back into memory, checked against everything it signed and still remembers. */
export type Recovered = {
  readonly tree: Tree
  readonly committed: Committed
  /** Files not sealed yet, oldest first. */
  readonly wals: readonly Wal[]
  /** Files that are sealed and still here. */
  readonly sealedWals: readonly WalRange[]
  readonly published: Published
}

/**
 * Brings the log back after a start, whatever ended it: the tree from its tiles, the newest leaves from the WAL.
 *
 * Nothing is written before the tree has been found to contain the last signed checkpoint. Refused: `corrupt`,
 * `rolled_back`, `root_mismatch`, `bad_checkpoint`, `head_missing`.
 */
export async function recover(parts: LogParts): Promise<Recovered> {
  const signed = await readLastSigned(parts, parts.origin, parts.keys, parts.acceptHead)
  const { firsts, sealed } = await listWals(parts)
  try {
    return await rebuild(parts, signed, firsts, sealed)
  } catch (error) {
    if (sealed === 0 || !(error instanceof LedgerError && MAY_BE_TILES.has(error.code))) throw error
    parts.report({ code: 'tiles_rebuilt', message: `tiles are made again from the write-ahead log: ${error.message}` })
    return await rebuild(parts, signed, firsts, 0)
  }
}

/** The WAL files by their first leaf, and how many of them, from the oldest on, are sealed. */
async function listWals({ fs, files }: LogParts): Promise<{ firsts: number[]; sealed: number }> {
  const names = await fs.readdir(files.wals)
  const firsts = names.map((name) => firstOfName(name, 'wal')).filter((first) => first !== null)
  const marked = new Set(names.map((name) => firstOfName(name, 'sealed')))
  const open = firsts.findIndex((first) => !marked.has(first))
  return { firsts, sealed: open < 0 ? firsts.length : open }
}

/** Refusals that a power cut can cause which took tiles that were not synced yet; the sealed WALs still have all of it. */
const MAY_BE_TILES = new Set(['corrupt', 'root_mismatch', 'rolled_back'])

/** Replays the files from number `sealed` on; those before it are known by their tiles. */
async function rebuild(
  parts: LogParts,
  signed: LastSigned,
  all: readonly number[],
  sealed: number,
): Promise<Recovered> {
  const firsts = all.slice(sealed)
  const newest = newestOf(signed)
  const base = firsts[0] ?? newest?.size ?? 0
  if (base > 0 && !newest) throw signedStateLost(base)
  const { tail, upper } = await readRightEdge(parts.tiles, base)
  const tree = new Tree(tail, parts.tiles, base, upper)
  const replayed = await replayAll(parts, new Replay(parts.fs, tail, parts.sealed.vault, parts.idSeed), firsts)
  await checkSigned(tree, tail.size, signed)
  tree.advance(tail.size)
  const wals = await cutTornTail(parts, replayed)
  await openSegments(parts, replayed)
  const timeMs = replayed.findLast((wal) => wal.timeMs !== null)?.timeMs ?? (await timeOfLast(parts, base))
  const last = wals.at(-1)
  const committed = { size: tail.size, timeMs, wal: last ?? null, mark: last?.mark() ?? null }
  const sealedWals = all
    .slice(0, sealed)
    .map((first, i) => ({ path: parts.files.wal(first), first, end: all[i + 1] ?? base }))
  for (const wal of wals.slice(0, -1)) wal.close()
  return {
    tree,
    committed,
    wals,
    sealedWals,
    published: { checkpoint: newest, head: signed.head?.note ?? null, tiledSize: base },
  }
}

async function replayAll(parts: LogParts, replay: Replay, firsts: readonly number[]): Promise<ReplayedWal[]> {
  const replayed: ReplayedWal[] = []
  for (const first of firsts) {
    const before = replayed.at(-1)
    const path = parts.files.wal(first)
    if (replay.tail.size !== first) throw gap(path, replay.tail.size, first)
    if (before?.end.torn) throw gap(before.wal.path, before.end.size, first)
    replayed.push(await replay.wal(path))
  }
  return replayed
}

/** Cuts off what no commit line covers; a last file with nothing in it goes as a whole. */
async function cutTornTail(parts: LogParts, replayed: readonly ReplayedWal[]): Promise<Wal[]> {
  const wals = replayed.map(({ wal }) => wal)
  const last = replayed.at(-1)
  if (!last) return wals
  const { path, bytes } = last.wal
  if (last.end.torn) {
    parts.report({
      code: 'torn_tail',
      message: 'a batch that was never acknowledged was cut off',
      file: path,
      offset: bytes,
    })
  }
  if (bytes === 0) {
    await parts.fs.unlink(path)
    await parts.fs.syncDir(parts.files.wals)
    return wals.slice(0, -1)
  }
  if (last.end.torn) {
    const file = await parts.fs.open(path, 'write')
    await file.truncate(bytes)
    await file.sync()
    await file.close()
  }
  return wals
}

/** The segments of the WAL that goes on being written. */
async function openSegments(parts: LogParts, replayed: readonly ReplayedWal[]): Promise<void> {
  const last = replayed.at(-1)
  if (!last) return
  for (const [retentionClass, position] of last.positions) {
    const salts = await parts.sealed.keys.open(retentionClass, last.wal.period, last.wal.first)
    last.wal.openSegment(retentionClass, salts, position)
  }
}

/** `receivedAt` of the last leaf before any WAL. */
async function timeOfLast(parts: LogParts, size: number): Promise<number> {
  const entry = size === 0 ? null : await lastEntry(parts.tiles, size)
  return entry ? (JSON.parse(entry) as { t: number }).t : 0
}

const gap = (path: string, end: number, first: number) =>
  new LedgerError('corrupt', `leaves ${end} to ${first - 1} are in no file.`, {
    file: path,
    advice: 'A file of the write-ahead log is missing or cut short. Restore it, or the whole with `tidemark restore`.',
  })

const signedStateLost = (size: number) =>
  new LedgerError(
    'head_missing',
    `the log has ${size} leaves or more, but neither checkpoint nor head cell is there.`,
    {
      advice:
        'Restore the checkpoint file from a backup: without it nothing shows that the log is the one that was signed.',
    },
  )
