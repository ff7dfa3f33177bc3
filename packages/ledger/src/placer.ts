import type { RetentionClass } from '@tidemark/event'
import { type Batch, ControlItem } from './batch.js'
import type { EventEncoder } from './event-encoder.js'
import { Group } from './group.js'
import type { LeafTail } from './leaf-tail.js'
import type { LogFiles } from './log-files.js'
import { Receipt } from './receipt.js'
import type { SealedHalf } from './sealed-half.js'
import { Wal, type WalMark } from './wal.js'

/** What the placer works with. */
export type PlacerParts = {
  readonly origin: string
  readonly files: LogFiles
  readonly sealed: Pick<SealedHalf, 'keys' | 'ids'>
  readonly encoder: EventEncoder
  readonly tail: LeafTail
  /** Milliseconds since 1970. It may go back; `t` does not. */
  readonly clock: () => number
  /** Seeds the hash table of ids. */
  readonly idSeed: number
  /** A group is full once it holds this many bytes. */
  readonly groupBytes: number
}

/** Where the log stands as far as the disk has confirmed it. */
export type Committed = {
  readonly size: number
  /** `receivedAt` of the newest leaf. */
  readonly timeMs: number
  readonly wal: Wal | null
  readonly mark: WalMark | null
}

/** Gives each event its index, salts and hashes, in memory and ahead of the disk; what the disk refuses is rolled back. */
export class Placer {
  /** WAL files whose ids are in memory, oldest first. Events go to the last. */
  #wals: Wal[]
  #group: Group | null = null
  #timeMs: number
  readonly #spare: Buffer[] = []

  constructor(
    readonly parts: PlacerParts,
    wals: readonly Wal[],
    timeMs: number,
  ) {
    this.#wals = [...wals]
    this.#timeMs = timeMs
  }

  get wals(): readonly Wal[] {
    return this.#wals
  }

  /** Whether leaves have been placed that nobody has taken to the disk yet. */
  get hasGroup(): boolean {
    return this.#group !== null && this.#group.count > 0
  }

  /**
   * Places the next item of a batch. `true` when it did; `false` when the group has to be taken first; otherwise the
   * promise to wait for, after which to ask again.
   */
  place(batch: Batch): boolean | Promise<void> {
    const item = batch.items[batch.placed]!
    const isControl = item instanceof ControlItem
    if (!isControl) {
      const known = this.#leafOf(item.id, batch)
      if (known instanceof Promise) return known
      if (known >= 0) {
        batch.repeats.push({ place: batch.placed++, index: known })
        return true
      }
    }
    const { encoder, clock, origin, tail } = this.parts
    const timeMs = Math.max(this.#timeMs, Math.floor(clock()))
    const group = this.#groupAt(timeMs)
    if (!group) return false
    if (isControl) encoder.addControl(item, group, timeMs)
    else {
      const segment = group.wal.segments.get(item.retentionClass)
      if (!segment) return this.#openSegments(group.wal, batch)
      encoder.addEvent(item, segment, group, timeMs)
    }
    this.#timeMs = timeMs
    const index = tail.size - 1
    const receipt = new Receipt(isControl ? '' : item.id, origin, index, timeMs, tail.leafHash(index))
    batch.settle({ status: 'stored', receipt })
    return true
  }

  /** Closes the group and hands it over, with the state of the log once it is durable. */
  take(): { group: Group; committed: Committed } | null {
    const group = this.#group
    if (!group || group.count === 0) return null
    this.#group = null
    const mark = group.seal()
    return { group, committed: { size: group.end, timeMs: group.timeMs, wal: group.wal, mark } }
  }

  /** Takes back a buffer whose group is on the disk, for the group after the next. */
  reuse(buffer: Buffer): void {
    if (this.#spare.length < 2) this.#spare.push(buffer)
  }

  /** Forgets everything the disk has not confirmed. */
  rollBack({ size, timeMs, wal, mark }: Committed): void {
    this.#group = null
    this.#timeMs = timeMs
    this.#wals = this.#wals.filter((known) => known.first < size)
    if (wal && mark) wal.rollBack(mark)
    this.parts.tail.rollBack(size)
  }

  /** Closes the WAL of a day that is over although no event came to say so. Not while leaves beyond `durable` are placed. */
  closeOverdue(durable: number): void {
    const wal = this.#wals.at(-1)
    if (wal && wal.end > wal.first && this.parts.tail.size === durable && wal.isOver(this.parts.clock())) wal.close()
  }

  /** Forgets a WAL whose ids are on disk now. */
  forget(wal: Wal): void {
    this.#wals = this.#wals.filter((known) => known !== wal)
  }

  /** The group a leaf of this time goes to; null when another has to be taken first. */
  #groupAt(timeMs: number): Group | null {
    const wal = this.#wals.at(-1)
    const isOver = !wal || wal.isOver(timeMs)
    const group = this.#group
    if (group && !(group.count === 0 && isOver)) {
      return isOver || group.length >= this.parts.groupBytes ? null : group
    }
    const target = isOver ? this.#startWal(timeMs) : wal
    this.#group = new Group(target, this.#spare.pop() ?? Buffer.allocUnsafeSlow(2 * this.parts.groupBytes))
    return this.#group
  }

  #startWal(timeMs: number): Wal {
    const { files, idSeed, tail } = this.parts
    const wal = new Wal(files.wal(tail.size), tail.size, timeMs, idSeed)
    this.#wals = [...this.#wals.filter((known) => known.first < wal.first), wal]
    this.#wals.at(-2)?.close()
    return wal
  }

  /** The leaf an id is at; −1 when it is new. */
  #leafOf(id: string, batch: Batch): number | Promise<void> {
    for (let i = this.#wals.length - 1; i >= 0; i--) {
      const index = this.#wals[i]!.ids.find(id)
      if (index >= 0) return index
    }
    if (batch.lookedUp?.place === batch.placed) return batch.lookedUp.index ?? -1
    const found = this.parts.sealed.ids.find(id)
    if (!(found instanceof Promise)) return found ?? -1
    const place = batch.placed
    return found.then((index) => {
      batch.lookedUp = { place, index }
    })
  }

  /** Opens the segments of all classes the rest of the batch needs, so that their keys are made at the same time. */
  async #openSegments(wal: Wal, batch: Batch): Promise<void> {
    const wanted = new Set<RetentionClass>()
    for (const item of batch.items.slice(batch.placed)) {
      if (item && !(item instanceof ControlItem) && !wal.segments.has(item.retentionClass))
        wanted.add(item.retentionClass)
    }
    await Promise.all(
      [...wanted].map(async (retentionClass) => {
        const salts = await this.parts.sealed.keys.open(retentionClass, wal.period, wal.first)
        if (!wal.segments.has(retentionClass)) wal.openSegment(retentionClass, salts)
      }),
    )
  }
}
