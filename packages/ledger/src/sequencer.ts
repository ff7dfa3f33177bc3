import type { Batch } from './batch.js'
import type { Group } from './group.js'
import { LedgerError, RETRY_AFTER_MS, refusalOf } from './ledger-error.js'
import type { Committed, Placer } from './placer.js'
import type { AppendResult } from './receipt.js'
import type { WalWriter } from './wal-writer.js'

export type SequencerParts = {
  readonly placer: Placer
  readonly writer: WalWriter
  /** Called when leaves have become durable, in order. Must not throw. */
  onCommitted(commit: Commit): void
  /** Fills in the results of the items whose id was there before. */
  settleRepeats(batch: Batch): Promise<void>
  /** Why no more events can be taken now, apart from what waits here; null when they can. */
  overload(): string | null
  /** Batches beyond this many bytes in memory are refused as `busy`. */
  readonly queueBytes: number
}

/** Leaves that have become durable: `first` … `end` − 1, in bytes `startByte` … `endByte` − 1 of the WAL at `path`. */
export type Commit = {
  readonly path: string
  readonly startByte: number
  readonly endByte: number
  readonly first: number
  readonly end: number
}

/**
 * One writer, one fdatasync per group of batches.
 *
 * While a group is being synced the next one is encoded, and every batch that arrives joins it. When a write fails,
 * nothing of it stays: every batch not yet durable is refused, memory and file go back to what was last confirmed, and
 * only then does it go on. If the file cannot be cut back it refuses everything until a restart.
 */
export class Sequencer {
  /** Batches with items still to be placed. */
  readonly #queue: Batch[] = []
  /** Batches placed as a whole, answered with the group that is being filled. */
  #placed: Batch[] = []
  /** Every batch not known to be durable. */
  readonly #live = new Set<Batch>()
  /** Durable batches whose repeats are being compared. */
  readonly #settling = new Set<Batch>()
  #queuedBytes = 0
  #committed: Committed
  #writing: Promise<void> | null = null
  #repairing = false
  #running = false
  #scheduled = false
  #refusal: LedgerError | null = null

  constructor(
    readonly parts: SequencerParts,
    committed: Committed,
  ) {
    this.#committed = committed
  }

  /** Where the log stands as far as the disk has confirmed it. */
  get committed(): Committed {
    return this.#committed
  }

  /**
   * Resolves when everything in the batch is durable. Refused: `busy`, `full`, `io`, `failed`, `closed`; then nothing is
   * acknowledged, though what reached the disk in earlier groups stays, and a retry finds it as a duplicate.
   */
  append(batch: Batch): Promise<AppendResult[]> {
    const refusal = this.#refusal ?? this.#overload(batch)
    if (refusal) return Promise.reject(refusal)
    this.#live.add(batch)
    this.#queuedBytes += batch.weight
    this.#queue.push(batch)
    this.#schedule()
    return batch.answer
  }

  /** Takes no more batches, answers those it has, and closes the file. */
  async close(): Promise<void> {
    this.#refusal ??= new LedgerError('closed', 'the log is closed')
    await Promise.allSettled([...this.#live].map((batch) => batch.answer))
    await Promise.allSettled([...this.#settling].map((batch) => batch.answer))
    await this.#writing
    await this.parts.writer.close()
  }

  #overload(batch: Batch): LedgerError | null {
    const tooMuch = this.#queuedBytes > 0 && this.#queuedBytes + batch.weight > this.parts.queueBytes
    const why = tooMuch ? 'more events wait for the disk than memory is kept for' : this.parts.overload()
    return why === null ? null : new LedgerError('busy', why, { retryAfterMs: RETRY_AFTER_MS })
  }

  /** Starts once the events of this turn of the loop have come in, so that they share a group. */
  #schedule(): void {
    if (this.#scheduled || this.#running) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      void this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#running = true
    try {
      while (this.#queue.length > 0) {
        const wait = this.#repairing ? this.#writing : this.#placeQueue()
        this.#flush()
        if (wait) await wait
        else if (this.parts.placer.hasGroup) await this.#writing
      }
    } catch (error) {
      await this.#giveUp(error)
    } finally {
      this.#running = false
      if (this.#queue.length > 0) this.#schedule()
    }
  }

  /** Places what is queued until nothing is left or the group is full (null), or something has to be awaited. */
  #placeQueue(): Promise<void> | null {
    for (let batch = this.#queue[0]; batch; batch = this.#queue[0]) {
      while (batch.placed < batch.items.length) {
        const placed = this.parts.placer.place(batch)
        if (placed !== true) return placed || null
      }
      this.#placed.push(batch)
      this.#queue.shift()
    }
    return null
  }

  /** Sends the group on its way when the disk is free. */
  #flush(): void {
    if (this.#writing || this.#repairing) return
    if (this.#placed.length === 0 && !this.parts.placer.hasGroup) return
    const batches = this.#placed
    this.#placed = []
    this.#writing = this.#write(this.parts.placer.take(), batches)
  }

  /** `flight` is null when the batches hold nothing but repeats: they wait for what went before, no more. */
  async #write(flight: { group: Group; committed: Committed } | null, batches: readonly Batch[]): Promise<void> {
    try {
      await (flight && this.parts.writer.append(flight.group))
    } catch (error) {
      await this.#undo(error, flight?.group ?? null)
      this.#writing = null
      this.#flush()
      return
    }
    for (const batch of batches) this.#live.delete(batch)
    if (flight) this.#committed = flight.committed
    this.#writing = null
    this.#flush()
    if (flight) this.#confirm(flight.group)
    for (const batch of batches) void this.#answer(batch)
  }

  #confirm(group: Group): void {
    const { firstIndex: first, end, startByte, wal } = group
    this.parts.onCommitted({ path: wal.path, startByte, endByte: startByte + group.bytes.length, first, end })
    this.parts.placer.reuse(group.buffer)
  }

  async #answer(batch: Batch): Promise<void> {
    this.#settling.add(batch)
    try {
      if (batch.repeats.length > 0) await this.parts.settleRepeats(batch)
      batch.succeed()
    } catch (error) {
      batch.fail(refusalOf(error))
    }
    this.#settling.delete(batch)
    this.#queuedBytes -= batch.weight
  }

  /** Something besides a write failed while events were being placed, such as making a segment's key. */
  async #giveUp(error: unknown): Promise<void> {
    this.#repairing = true
    await this.#writing
    await this.#undo(error, null)
    this.#flush()
  }

  async #undo(error: unknown, group: Group | null): Promise<void> {
    this.#repairing = true
    const refused = [...this.#live]
    this.#live.clear()
    this.#queue.length = 0
    this.#placed = []
    const { wal, mark } = this.#committed
    this.parts.placer.rollBack(this.#committed)
    try {
      if (group) await this.parts.writer.cutBack(group.wal, group.wal === wal && mark ? mark.bytes : 0)
    } catch (cause) {
      this.#refusal = failed(cause)
    }
    this.#repairing = false
    for (const batch of refused) {
      this.#queuedBytes -= batch.weight
      batch.fail(refusalOf(error))
    }
    if (this.#refusal) this.#refuseQueue(this.#refusal)
  }

  /** Refuses what came in while a failed write could not be undone. */
  #refuseQueue(refusal: LedgerError): void {
    for (const batch of this.#queue.splice(0)) {
      this.#live.delete(batch)
      this.#queuedBytes -= batch.weight
      batch.fail(refusal)
    }
  }
}

const failed = (cause: unknown) =>
  new LedgerError('failed', 'a write failed and could not be undone', {
    cause,
    advice:
      'The log takes no events until it is restarted. Nothing acknowledged is lost. Look at the disk (`dmesg`, free space), ' +
      'then restart; `tidemark doctor` says whether the log is sound.',
  })
