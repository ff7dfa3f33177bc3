import { HASH_BYTES } from '@tidemark/proof'
import { COMMIT_CHARACTERS, type ControlEntry, type EntryReader } from './entry.js'
import { Findings } from './findings.js'
import type { Finding } from './report.js'
import { SequenceRuns } from './sequence-runs.js'
import type { VaultTable } from './vault-table.js'

/** How many leaves are looked at together: the aligned range that sealed files belong to. */
export const RANGE_LEAVES = 65_536

/** What stands at a leaf. */
export const UNKNOWN = 0
export const EVENT = 1
export const CONTROL = 2

/** What is known so far of the leaves of one aligned range: first from entries, then from the write-ahead log. */
export class RangeState {
  readonly findings = new Findings()
  readonly sequences = new SequenceRuns()
  /** One per leaf, from `first` on. */
  readonly kinds = new Uint8Array(RANGE_LEAVES)
  readonly times = new Float64Array(RANGE_LEAVES)
  /** The 43 characters of each event's commit. */
  readonly commits = Buffer.alloc(RANGE_LEAVES * COMMIT_CHARACTERS)
  readonly controls = new Map<number, ControlEntry>()
  readonly leafHashes = Buffer.alloc(RANGE_LEAVES * HASH_BYTES)
  /** Behind the last leaf of the range that is under the checkpoint. */
  readonly signedEnd: number
  /** Behind the last leaf that is known, signed or not. */
  leafEnd: number
  openedPayloads = 0
  /** 0: no payload was found; otherwise the place in `#classes` of the segment that has it. */
  readonly #present = new Uint8Array(RANGE_LEAVES)
  /** The first two places stand for no payload, and for one in no segment yet. */
  readonly #classes = ['', '']

  constructor(
    readonly origin: string,
    /** The first leaf, a multiple of `RANGE_LEAVES`. */
    readonly first: number,
    /** How many leaves of the whole log are signed. */
    size: number,
    readonly vault: VaultTable,
  ) {
    const signedEnd = Math.max(first, Math.min(first + RANGE_LEAVES, size))
    this.signedEnd = signedEnd
    this.leafEnd = signedEnd
  }

  /** Takes in the entry `bytes[start, end)` of a leaf; false when it is not spelled as an entry must be. */
  addEntry(entry: EntryReader, leafIndex: number, bytes: Buffer, start: number, end: number): boolean {
    if (!entry.read(bytes, start, end)) return false
    const at = leafIndex - this.first
    this.kinds[at] = entry.isEvent ? EVENT : CONTROL
    this.times[at] = entry.time
    if (entry.control) this.controls.set(leafIndex, entry.control)
    if (!entry.isEvent) return true
    const { commitStart, sequence, sourceStart, sourceEnd } = entry
    bytes.copy(this.commits, at * COMMIT_CHARACTERS, commitStart, commitStart + COMMIT_CHARACTERS)
    if (sequence >= 0) this.sequences.add(bytes.toString('utf8', sourceStart, sourceEnd), sequence)
    return true
  }

  /** When the log took a leaf, ms; undefined when its entry is not known. */
  timeOf(leafIndex: number): number | undefined {
    const at = leafIndex - this.first
    return this.isKnown(leafIndex) ? this.times[at] : undefined
  }

  /** The commit in the entry of an event. */
  commitOf(leafIndex: number): string {
    const at = (leafIndex - this.first) * COMMIT_CHARACTERS
    return this.commits.toString('latin1', at, at + COMMIT_CHARACTERS)
  }

  /** `count` leaf hashes from a leaf on, as a view. */
  hashesOf(leafIndex: number, count: number): Buffer {
    const at = (leafIndex - this.first) * HASH_BYTES
    return this.leafHashes.subarray(at, at + count * HASH_BYTES)
  }

  /** Whether the leaf's entry could be read. */
  isKnown(leafIndex: number): boolean {
    return (this.kinds[leafIndex - this.first] ?? UNKNOWN) !== UNKNOWN
  }

  isEvent(leafIndex: number): boolean {
    return this.kinds[leafIndex - this.first] === EVENT
  }

  /** The payload of a leaf is there, sound or not. */
  markPresent(leafIndex: number): void {
    this.#present[leafIndex - this.first] = 1
  }

  isPresent(leafIndex: number): boolean {
    return this.#present[leafIndex - this.first] !== 0
  }

  /** The payload of a leaf is in the segment of a class. */
  file(leafIndex: number, retentionClass: string): void {
    if (!this.#classes.includes(retentionClass)) this.#classes.push(retentionClass)
    this.#present[leafIndex - this.first] = this.#classes.indexOf(retentionClass)
  }

  /** The class of the segment that lists a leaf; undefined when none does. */
  classOf(leafIndex: number): string | undefined {
    const place = this.#present[leafIndex - this.first] ?? 0
    return place > 1 ? this.#classes[place] : undefined
  }

  /** How many leaves are events, and how many are control entries. */
  count(): { events: number; controls: number } {
    const known = this.kinds.subarray(0, this.leafEnd - this.first)
    const of = (kind: number) => known.reduce((sum, one) => sum + (one === kind ? 1 : 0), 0)
    return { events: of(EVENT), controls: of(CONTROL) }
  }

  /** Files a failure of integrity. */
  fail(code: string, about: Omit<Finding, 'code' | 'severity'>): void {
    this.findings.add({ verdict: 'integrity', code, severity: 'failure', ...about })
  }

  /** Files a failure of completeness. */
  miss(code: string, about: Omit<Finding, 'code' | 'severity'>): void {
    this.findings.add({ verdict: 'completeness', code, severity: 'failure', ...about })
  }
}
