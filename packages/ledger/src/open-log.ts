import type { SigningKey } from '@tidemark/proof'
import { EventEncoder } from './event-encoder.js'
import type { FileSystem } from './file-system.js'
import { Followers } from './follower.js'
import type { HeadCell } from './head-cell.js'
import { Log } from './log.js'
import { LogFiles } from './log-files.js'
import type { LogParts } from './log-parts.js'
import type { LedgerNotice } from './notice.js'
import { Placer } from './placer.js'
import { Publisher } from './publisher.js'
import { recover } from './recover.js'
import { settleRepeats } from './repeats.js'
import { defaultRounds, type LogRounds, Rounds } from './rounds.js'
import type { SealedHalf } from './sealed-half.js'
import { type Commit, Sequencer } from './sequencer.js'
import { TileFiles } from './tile-files.js'
import { repairTiles } from './tile-repair.js'
import { WalRetirement } from './wal-retirement.js'
import { WalWriter } from './wal-writer.js'

export type LogOptions = {
  /** The log's one name, such as `tidemark.example/t/acme`. */
  readonly origin: string
  /** Where its files are; made when missing. */
  readonly directory: string
  readonly fs: FileSystem
  readonly headCell: HeadCell
  readonly sealed: SealedHalf
  /** Signers of checkpoints. Any of them opens an older checkpoint. */
  readonly keys: readonly SigningKey[]
  /** Milliseconds since 1970. It may go back; `receivedAt` does not. */
  readonly clock: () => number
  readonly random: (bytes: number) => Buffer
  /** Goes into the genesis entry of a new log besides origin and format. */
  readonly genesis?: object
  /** Hears of what the log put right by itself, or will try again. */
  readonly report?: (notice: LedgerNotice) => void
  /** Take over the checkpoint when the head cell is empty: for a deliberate restore. */
  readonly acceptHead?: boolean
  readonly limits?: Partial<LogLimits>
  readonly rounds?: Partial<LogRounds>
}

/** What bounds a log's memory, and so when it says `busy`. */
export type LogLimits = {
  /** Lines written under one commit line. */
  readonly groupBytes: number
  /** Events handed in and not answered yet. */
  readonly queueBytes: number
  /** Durable leaves whose tiles are not written yet; each takes some 170 bytes. */
  readonly untiledLeaves: number
  /** Complete WAL files whose ids are not on disk yet; each takes some 3 MB. */
  readonly unsealedWals: number
}

export const defaultLimits: LogLimits = {
  groupBytes: 1024 * 1024,
  queueBytes: 64 * 1024 * 1024,
  untiledLeaves: 262_144,
  unsealedWals: 16,
}

/**
 * Opens a log, recovering whatever a crash left, or begins a new one with its genesis entry. Then it is signed, which also
 * puts lost tiles back.
 *
 * Refused: `corrupt`, `rolled_back`, `root_mismatch`, `bad_checkpoint`, `head_missing`: the files are not the ones that
 * were signed, and the error says what to do. One process at a time may have a log open: see `lockDirectory`.
 */
export async function openLog(options: LogOptions): Promise<Log> {
  const parts = partsOf(options)
  await parts.fs.mkdir(parts.files.wals)
  const recovered = await recover(parts)
  const { log, rounds } = await assemble(parts, recovered, options)
  if (log.size === 0) await log.appendControl('genesis', { ...options.genesis, format: 1, origin: options.origin })
  await rounds.sign()
  await repairTiles(parts, recovered.published.tiledSize)
  rounds.start()
  return log
}

function partsOf(options: LogOptions): LogParts {
  const { origin, fs, headCell, sealed, keys, clock, random, report = () => {}, acceptHead = false } = options
  const files = new LogFiles(options.directory)
  const idSeed = random(4).readUInt32LE()
  return {
    origin,
    fs,
    files,
    tiles: new TileFiles(fs, files),
    headCell,
    sealed,
    keys,
    clock,
    idSeed,
    acceptHead,
    report,
  }
}

async function assemble(
  parts: LogParts,
  { tree, committed, wals, sealedWals, published }: Awaited<ReturnType<typeof recover>>,
  options: LogOptions,
): Promise<{ log: Log; rounds: Rounds }> {
  const limits = { ...defaultLimits, ...options.limits }
  const { fs, files, sealed, clock, report } = parts
  if (clock() < committed.timeMs) report({ code: 'clock_back', message: 'the clock stands before the newest leaf' })
  const encoder = new EventEncoder(sealed.vault, tree.tail)
  const placerParts = { ...parts, encoder, tail: tree.tail, groupBytes: limits.groupBytes }
  const placer = new Placer(placerParts, wals, committed.timeMs)
  const publisher = new Publisher({ ...parts, tree }, published)
  const writer = new WalWriter(fs, files)
  const followers = await Followers.open(fs, files)
  const publishedSize = () => publisher.publishedSize
  const retirement = new WalRetirement({ ...parts, placer, writer, followers, publishedSize }, sealedWals)
  const listeners = new Set<(commit: Commit) => void>()
  const sequencer: Sequencer = new Sequencer(
    {
      placer,
      writer,
      queueBytes: limits.queueBytes,
      overload: () => {
        if (tree.tail.held > limits.untiledLeaves) return 'tiles cannot be written as fast as events come in'
        if (placer.wals.length > limits.unsealedWals) return 'segments cannot be sealed as fast as events come in'
        return null
      },
      onCommitted: (commit) => {
        tree.advance(commit.end)
        for (const listener of listeners) tell(listener, commit, report)
      },
      settleRepeats: (batch) => settleRepeats(batch, parts.origin, (from, to) => log.records(from, to)),
    },
    committed,
  )
  const rounds = new Rounds({ ...defaultRounds, ...options.rounds }, { tree, publisher, retirement, report })
  const log = new Log({ parts, tree, placer, sequencer, publisher, retirement, followers, listeners, rounds })
  return { log, rounds }
}

/** A follower that throws is its own problem. */
function tell(listener: (commit: Commit) => void, commit: Commit, report: LogParts['report']): void {
  try {
    listener(commit)
  } catch (cause) {
    report({ code: 'follower_failed', message: `a follower threw: ${cause}`, cause })
  }
}
