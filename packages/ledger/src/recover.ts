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
  const sealedEnd = await parts.sealed.end()
  const { firsts, open } = await listWals(parts, sealedEnd)
  const base = firsts[open] ?? sealedEnd
  if (base > sealedEnd) throw gap(parts.files.wals, sealedEnd, base)
  try {
    return await rebuild(parts, signed, firsts, base)
  } catch (error) {
    if (open === 0 || !(error instanceof LedgerError && MAY_BE_TILES.has(error.code))) throw error
    const recovered = await rebuild(parts, signed, firsts, firsts[0]!)
    parts.report({ code: 'tiles_rebuilt', message: 'tiles are made again from the write-ahead log', cause: error })
    return recovered
  }
}

/** The WAL files by their first leaf, and the place of the first that is not noted as sealed. */
async function listWals({ fs, files }: LogParts, sealedEnd: number): Promise<{ firsts: number[]; open: number }> {
  const names = await fs.readdir(files.wals)
  const firsts = names.map((name) => firstOfName(name, 'wal')).filter((first) => first !== null)
  const noted = new Set(names.map((name) => firstOfName(name, 'sealed')))
  const open = firsts.findIndex((first) => !noted.has(first) || first >= sealedEnd)
  return { firsts, open: open < 0 ? firsts.length : open }
}

/** Refusals that lost tiles can cause whose WAL files are sealed but still here. */
const MAY_BE_TILES = new Set(['corrupt', 'root_mismatch'])

/** Goes on from the tree of `base` leaves, which is in tiles, with the files from there on. */
async function rebuild(
  parts: LogParts,
  signed: LastSigned,
  firsts: readonly number[],
  base: number,
): Promise<Recovered> {
  const newest = newestOf(signed)
  if (base > 0 && !newest) throw signedStateLost(base)
  const { tail, upper } = await readRightEdge(parts.tiles, base)
  const tree = new Tree(tail, parts.tiles, base, upper)
  const replay = new Replay(parts.fs, tail, parts.sealed.vault, parts.idSeed)
  const replayed = await replayAll(
    parts,
    replay,
    firsts.filter((first) => first >= base),
  )
  if (replayed.length === 0 && newest && newest.size > base) throw gap(parts.files.wals, base, newest.size)
  await checkSigned(tree, tail.size, signed)
  tree.advance(tail.size)
  const wals = await cutTornTail(parts, replayed)
  await openSegments(parts, replayed)
  for (const wal of wals.slice(0, -1)) wal.close()
  const timeMs = replayed.findLast((wal) => wal.timeMs !== null)?.timeMs ?? (await timeOfLast(parts, base))
  const last = wals.at(-1)
  return {
    tree,
    committed: { size: tail.size, timeMs, wal: last ?? null, mark: last?.mark() ?? null },
    wals,
    sealedWals: sealedRanges(parts, firsts, base),
    published: { checkpoint: newest, head: signed.head?.note ?? null, tiledSize: base },
  }
}

function sealedRanges({ files }: LogParts, firsts: readonly number[], base: number): WalRange[] {
  const sealed = firsts.filter((first) => first < base)
  return sealed.map((first, i) => ({ path: files.wal(first), first, end: sealed[i + 1] ?? base }))
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
