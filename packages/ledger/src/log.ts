import { canonicalize, type PreparedEvent } from '@tidemark/event'
import {
  consistencyProof,
  type Hash,
  hashLeaf,
  inclusionProof,
  MAX_ENTRY_BYTES,
  type NodeReader,
  TILE_WIDTH,
} from '@tidemark/proof'
import { Batch, ControlItem } from './batch.js'
import { isMissing } from './file-system.js'
import type { Follower, Followers } from './follower.js'
import { LedgerError } from './ledger-error.js'
import type { LedgerRecord } from './ledger-record.js'
import { periodOf } from './log-files.js'
import type { LogParts } from './log-parts.js'
import type { Placer } from './placer.js'
import type { Publisher, SignedCheckpoint } from './publisher.js'
import { type AppendResult, Receipt } from './receipt.js'
import type { Rounds } from './rounds.js'
import type { Commit, Sequencer } from './sequencer.js'
import type { Tree } from './tree.js'
import { walRecords } from './wal-reads.js'
import type { WalRetirement } from './wal-retirement.js'
import { slicesOfOpen, slicesOfSealed, type WalSlice } from './wal-slices.js'

/** What a log is made of once it is open. */
export type LogWorks = {
  readonly parts: LogParts
  readonly tree: Tree
  readonly placer: Placer
  readonly sequencer: Sequencer
  readonly publisher: Publisher
  readonly retirement: WalRetirement
  readonly followers: Followers
  /** Called when leaves have become durable. */
  readonly listeners: Set<(commit: Commit) => void>
  readonly rounds: Rounds
}

/** The salts that open the three parts of an event, 16 bytes each. */
export type EventSalts = { readonly core: Buffer; readonly personal: Buffer; readonly content: Buffer }

/** One tenant's append-only log of events. Everything it acknowledged survives a power cut and can be proved. */
export class Log {
  readonly #works: LogWorks

  /** Logs are made by `openLog`. */
  constructor(works: LogWorks) {
    this.#works = works
  }

  get origin(): string {
    return this.#works.parts.origin
  }

  /** How many leaves are durable. */
  get size(): number {
    return this.#works.sequencer.committed.size
  }

  /** The newest signed checkpoint; null before the first. */
  get checkpoint(): SignedCheckpoint | null {
    return this.#works.publisher.checkpoint
  }

  /**
   * Takes in events and answers, in their order, once all of them are durable. An id that is there already is not stored
   * again: see `AppendResult`. Refused as a whole: `busy`, `full`, `io` (try again later), `failed`, `closed`.
   */
  async append(events: readonly PreparedEvent[]): Promise<AppendResult[]> {
    return events.length === 0 ? [] : this.#works.sequencer.append(new Batch([...events]))
  }

  /**
   * Adds a record of the log about itself, such as a disposal certificate, with its whole body in the entry.
   * Refused as `append`, and `too_large`: the entry would be longer than 65,535 bytes.
   */
  async appendControl(kind: string, body: object): Promise<Receipt> {
    const item = new ControlItem(kind, canonicalize(body))
    if (Buffer.byteLength(item.body) + kind.length > MAX_CONTROL_BYTES) {
      throw new LedgerError('too_large', `a control entry holds at most ${MAX_CONTROL_BYTES} bytes`)
    }
    const [result] = await this.#works.sequencer.append(new Batch([item]))
    return result!.receipt
  }

  /** Signs the tree as it stands and puts it where everybody can see it. */
  publish(): Promise<SignedCheckpoint> {
    return this.#works.publisher.publish()
  }

  /** The entry of a durable leaf: RFC 8785 bytes. Refused: `not_found`. */
  async readEntry(index: number): Promise<Uint8Array> {
    this.#checkRange(index, index + 1)
    const { tree, parts } = this.#works
    if (index >= tree.tail.start) return tree.tail.entry(index)
    return (await parts.tiles.entries(Math.floor(index / TILE_WIDTH)))[index % TILE_WIDTH]!
  }

  /** The records of leaves `from` … `to` − 1, in order. Refused: `not_found`, beyond the durable leaves. */
  async *records(from: number, to: number): AsyncGenerator<LedgerRecord> {
    if (from >= to) return
    this.#checkRange(from, to)
    const { sequencer, placer, parts } = this.#works
    for (let at = from; at < to; ) {
      const wal = placer.wals.find((known) => known.first <= at && at < known.end)
      const end = Math.min(to, wal?.end ?? placer.wals[0]?.first ?? to)
      const { wal: newest, mark } = sequencer.committed
      const bytes = wal === newest ? (mark?.bytes ?? 0) : (wal?.bytes ?? 0)
      try {
        for await (const record of wal
          ? walRecords(parts.fs, wal, bytes, at, end)
          : parts.sealed.reader.records(at, end)) {
          yield record
          at++
        }
      } catch (error) {
        const wasRemoved = wal && isMissing(error) && !placer.wals.includes(wal)
        if (!wasRemoved) throw error
      }
    }
  }

  /** One record. Refused: `not_found`. */
  async record(index: number): Promise<LedgerRecord> {
    for await (const record of this.records(index, index + 1)) return record
    throw notFound(index)
  }

  /** The receipt of a stored event or control entry, the same every time. Refused: `not_found`. */
  async receiptOf(index: number): Promise<Receipt> {
    return receiptOf(this.origin, await this.record(index))
  }

  /** The salts that show what an event's entry commits to; null for a control entry. Refused: `not_found`. */
  async saltsOf(index: number): Promise<EventSalts | null> {
    const { entry, event } = await this.record(index)
    if (!event) return null
    const period = periodOf(timeOf(entry))
    const key = await this.#works.parts.sealed.keys.open(event.retentionClass, period, event.segmentFirst)
    const salts = key.salts(event.position, 1)
    const personal = Buffer.from(event.personalSalt, 'base64url')
    return { core: salts.subarray(0, 16), personal, content: salts.subarray(16, 32) }
  }

  /** Reads the nodes of the tree over the durable leaves, for proofs at any size up to `size`. */
  get nodes(): NodeReader {
    return this.#works.tree.node
  }

  /** The way from a leaf to the root of the tree of `treeSize` leaves, nearest sibling first. Refused: `not_found`. */
  async proveInclusion(index: number, treeSize: number): Promise<Hash[]> {
    this.#checkRange(0, treeSize)
    this.#checkRange(index, index + 1)
    if (index >= treeSize) throw notFound(index)
    return inclusionProof(index, treeSize, this.nodes)
  }

  /** Why the tree of `to` leaves contains that of `from`. Refused: `not_found`. */
  async proveConsistency(from: number, to: number): Promise<Hash[]> {
    this.#checkRange(from, to)
    return consistencyProof(from, to, this.nodes)
  }

  /** Calls back whenever leaves have become durable, in order, before they are acknowledged. Gives what ends it. */
  onCommitted(listener: (commit: Commit) => void): () => void {
    this.#works.listeners.add(listener)
    return () => this.#works.listeners.delete(listener)
  }

  /** A cursor under a name that outlives restarts: WAL files with leaves it has not passed are kept. */
  follow(name: string, from = 0): Promise<Follower> {
    return this.#works.followers.follow(name, from)
  }

  /**
   * Where the durable leaves from `from` on lie in WAL files, oldest first, in slices of about `sliceBytes`. What is not in
   * a file any more is left out: read it with `records`.
   */
  async *walSlices(from: number, sliceBytes = 4 * 1024 * 1024): AsyncGenerator<WalSlice> {
    const { retirement, placer, sequencer, parts } = this.#works
    for (const range of retirement.pinned.filter(({ end }) => end > from)) {
      yield* await slicesOfSealed(parts.fs, range, Math.max(from, range.first), sliceBytes)
    }
    const { size, wal: newest, mark } = sequencer.committed
    for (const wal of placer.wals.filter(({ end }) => end > from)) {
      const bytes = wal === newest ? mark!.bytes : wal.bytes
      yield* slicesOfOpen(wal, bytes, size, Math.max(from, wal.first), sliceBytes)
    }
  }

  /** Seals the WAL files that are complete and removes those nobody needs. Also done by itself from time to time. */
  retire(): Promise<void> {
    return this.#works.retirement.run()
  }

  /** Takes no more events, answers those under way, signs what it has, and lets go of the files. */
  async close(): Promise<void> {
    const { sequencer, publisher, parts, rounds, retirement } = this.#works
    await sequencer.close()
    await rounds.stop()
    if (publisher.checkpoint?.size !== this.size) await rounds.sign()
    await retirement.idle()
    await parts.sealed.close()
  }

  #checkRange(from: number, to: number): void {
    const sound = Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && from <= to
    if (!sound || to > this.size) throw notFound(sound ? to - 1 : from)
  }
}

/** The receipt a stored record gave when it was stored. */
export function receiptOf(origin: string, { index, entry, event }: LedgerRecord): Receipt {
  const leafHash = Buffer.from(hashLeaf(Buffer.from(entry)))
  return new Receipt(event?.id ?? '', origin, index, timeOf(entry), leafHash)
}

const timeOf = (entry: string): number => (JSON.parse(entry) as { t: number }).t

const MAX_CONTROL_BYTES = MAX_ENTRY_BYTES - 100

const notFound = (index: number) => new LedgerError('not_found', `there is no leaf ${index}`)
