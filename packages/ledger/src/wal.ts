import type { RetentionClass } from '@tidemark/event'
import { IdTable } from './id-table.js'
import { periodOf, WAL_LEAVES } from './log-files.js'
import type { SegmentSalts } from './sealed-half.js'
import { SegmentPlace } from './segment-place.js'

/** Where a WAL stood at some moment, to go back to when a write fails. */
export type WalMark = {
  readonly leaves: number
  readonly bytes: number
  readonly positions: ReadonlyMap<string, number>
}

/**
 * What is known of one WAL file that is not sealed yet: whose leaves, where each line starts, which ids, and how far its
 * segments are. Some 3 MB for a full file of 65,536 leaves.
 */
export class Wal {
  readonly ids: IdTable
  readonly segments = new Map<RetentionClass, SegmentPlace>()
  /** UTC day of every `t` in the file. */
  readonly period: string
  /** When the next UTC day begins, in milliseconds. */
  readonly periodEnd: number
  /** Length of the file with everything encoded for it, written or not. */
  bytes = 0
  #closed = false
  #starts = new Float64Array(64)

  constructor(
    readonly path: string,
    readonly first: number,
    timeMs: number,
    seed: number,
  ) {
    this.ids = new IdTable(first, seed)
    this.period = periodOf(timeMs)
    this.periodEnd = Date.parse(`${this.period}T00:00:00.000Z`) + DAY_MS
  }

  /** The leaf after the last one in the file. */
  get end(): number {
    return this.first + this.ids.count
  }

  /** Whether a leaf received at `timeMs` belongs into the next file. */
  isOver(timeMs: number): boolean {
    return this.isComplete || timeMs >= this.periodEnd
  }

  /** Whether no leaf will be added any more: its aligned range is full, or it was closed. */
  get isComplete(): boolean {
    return this.#closed || (this.end % WAL_LEAVES === 0 && this.ids.count > 0)
  }

  /** No leaf will be added any more: the day is over, or a next file has been started. */
  close(): void {
    this.#closed = true
  }

  /** Takes in the next leaf, whose line starts at byte `start`; `id` is null for a control entry. */
  add(start: number, id: string | null): void {
    const place = this.ids.count
    if (place === this.#starts.length) {
      const larger = new Float64Array(2 * place)
      larger.set(this.#starts)
      this.#starts = larger
    }
    this.#starts[place] = start
    if (id === null) this.ids.skip()
    else this.ids.add(id)
  }

  /** The byte at which the line of leaf `index` starts. */
  lineStart(index: number): number {
    return this.#starts[index - this.first]!
  }

  openSegment(retentionClass: RetentionClass, salts: SegmentSalts, position = 0): SegmentPlace {
    const segment = new SegmentPlace(salts, position)
    this.segments.set(retentionClass, segment)
    return segment
  }

  mark(): WalMark {
    const positions = new Map([...this.segments].map(([name, segment]) => [name, segment.position]))
    return { leaves: this.ids.count, bytes: this.bytes, positions }
  }

  rollBack({ leaves, bytes, positions }: WalMark): void {
    this.ids.rollBack(leaves)
    this.bytes = bytes
    for (const [name, segment] of this.segments) segment.position = positions.get(name) ?? 0
  }
}

const DAY_MS = 86_400_000
