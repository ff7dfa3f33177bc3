import { hash } from 'node:crypto'
import { HASH_BYTES, hashLeafInto, sha256Into } from '@tidemark/proof'
import { EntryReader } from './entry.js'
import { RANGE_LEAVES, type RangeState } from './range-state.js'
import type { SegmentKey } from './segment-key.js'
import { periodOf } from './segment-name.js'
import { TextBuffer } from './text-buffer.js'
import { RecordState } from './vault-table.js'
import type { KeyOf, WalFile } from './wal-check.js'
import { readWalLine, type WalEvent, type WalLine } from './wal-line.js'

/** Checks the lines of one write-ahead file, in order. */
export class WalEventCheck {
  readonly #wal: WalFile
  readonly #keyOf: KeyOf
  readonly #state: RangeState
  readonly #segments = new Map<string, OpenSegment>()
  readonly #entry = new EntryReader()
  #period: string | undefined
  /** The leaf whose line was not recognised last. */
  #malformed = -1

  constructor(wal: WalFile, keyOf: KeyOf, state: RangeState) {
    this.#wal = wal
    this.#keyOf = keyOf
    this.#state = state
  }

  /** Checks the lines in [start, end) of the file, the first of which must be leaf `leaf`; gives the leaf after them. */
  checkLines(start: number, end: number, leaf: number): number {
    const { bytes } = this.#wal
    let next = leaf
    for (let at = start; at < end; ) {
      const lineEnd = bytes.indexOf(NEWLINE, at)
      const line = readWalLine(bytes, at, lineEnd)
      if (line?.leafIndex === next + 1 && this.#malformed === next) next++
      if (next >= this.#state.first + RANGE_LEAVES) {
        this.#fail('wal-overlong', next, 'A write-ahead file goes beyond its range of leaves.', at)
        return next + 1
      }
      if (line?.leafIndex === next) this.#checkLine(line, next++, at)
      else this.#reportMalformed(next, at)
      at = lineEnd + 1
    }
    return this.#malformed === next ? next + 1 : next
  }

  /** The line that should be that of `leaf` is not. Whether it was that line is only seen by the one after it. */
  #reportMalformed(leaf: number, offset: number): void {
    this.#fail('wal-malformed', leaf, `The line of leaf ${leaf} is not spelled as it must be.`, offset)
    this.#malformed = leaf
    this.#state.leafEnd = Math.max(this.#state.leafEnd, leaf + 1)
    this.#state.markPresent(leaf)
  }

  #checkLine(line: WalLine, leaf: number, offset: number): void {
    this.#checkEntry(line, leaf, offset)
    const time = this.#state.timeOf(leaf)
    if (time !== undefined) this.#checkPeriod(periodOf(time), leaf, offset)
    if (line.event) this.#checkEvent(line.event, leaf, offset)
  }

  /** Takes in an entry that is not signed yet; compares one that is. */
  #checkEntry({ entryStart, entryEnd }: WalLine, leaf: number, offset: number): void {
    const state = this.#state
    const { bytes } = this.#wal
    const entry = bytes.subarray(entryStart, entryEnd)
    if (leaf >= state.signedEnd) {
      hashLeafInto(entry, state.leafHashes, (leaf - state.first) * HASH_BYTES)
      if (!state.addEntry(this.#entry, leaf, bytes, entryStart, entryEnd)) {
        this.#fail('entry-malformed', leaf, 'The entry is not spelled as an entry must be.', offset)
      }
      state.leafEnd = Math.max(state.leafEnd, leaf + 1)
      return
    }
    hashLeafInto(entry, leafHash, 0)
    if (state.isKnown(leaf) && !leafHash.equals(state.hashesOf(leaf, 1))) {
      this.#fail(
        'wal-entry',
        leaf,
        `The write-ahead log has another entry for leaf ${leaf} than the entry bundle.`,
        offset,
      )
    }
  }

  #checkPeriod(period: string, leaf: number, offset: number): void {
    this.#period ??= period
    if (period === this.#period) return
    this.#fail('wal-period', leaf, 'A write-ahead file holds leaves of more than one UTC day.', offset)
  }

  #checkEvent(event: WalEvent, leaf: number, offset: number): void {
    const state = this.#state
    state.markPresent(leaf)
    if (!state.isEvent(leaf)) {
      if (state.isKnown(leaf)) this.#fail('payload-misplaced', leaf, `Leaf ${leaf} is not an event's.`, offset)
      return
    }
    const segment = this.#segmentOf(event.retentionClass)
    if (event.position !== segment.next) {
      this.#fail('wal-position', leaf, `Leaf ${leaf} does not take the next place in its segment.`, offset)
    }
    segment.next = event.position + 1
    if (!this.#idStandsIn(event)) this.#fail('wal-id', leaf, `The id beside leaf ${leaf} is not the event's.`, offset)
    if (!this.#personalHolds(event)) {
      this.#fail('wal-personal', leaf, `Leaf ${leaf} and the vault disagree on a personal record.`, offset)
    }
    if (segment.key) this.#checkCommit(event, segment.key, leaf, offset)
  }

  #idStandsIn({ id, core: [start, end] }: WalEvent): boolean {
    const at = this.#wal.bytes.indexOf(`"id":"${id}"`, start, 'latin1')
    return at >= 0 && at < end
  }

  /** Hashes the personal part into its place in `digests`. */
  #personalHolds({ record, personalSalt, personal: [start, end] }: WalEvent): boolean {
    text.clear()
    text.append(this.#wal.bytes, start, end)
    sha256Into(text.salted(personalSalt, 0), digests, HASH_BYTES)
    if (this.#state.vault.stateOf(record) === RecordState.missing) return true
    this.#state.vault.copyDigest(record, vaultDigest, 0)
    return vaultDigest.equals(digests.subarray(HASH_BYTES, 2 * HASH_BYTES))
  }

  #checkCommit({ position, core, content }: WalEvent, key: SegmentKey, leaf: number, offset: number): void {
    const salts = key.saltsAt(position)
    this.#digestPart(core, salts, 0, 0)
    this.#digestPart(content, salts, 16, 2 * HASH_BYTES)
    if (hash('sha256', digests, 'base64url') === this.#state.commitOf(leaf)) this.#state.openedPayloads++
    else
      this.#fail(
        'payload-altered',
        leaf,
        `The stored event of leaf ${leaf} is not the one its entry commits to.`,
        offset,
      )
  }

  #digestPart([start, end]: readonly [number, number], salts: Buffer, saltStart: number, offset: number): void {
    text.clear()
    text.append(this.#wal.bytes, start, end)
    sha256Into(text.salted(salts, saltStart), digests, offset)
  }

  #segmentOf(retentionClass: string): OpenSegment {
    const known = this.#segments.get(retentionClass)
    if (known) return known
    const key = this.#period === undefined ? null : this.#keyOf(retentionClass, this.#period, this.#wal.first)
    const segment = { next: 0, key }
    this.#segments.set(retentionClass, segment)
    return segment
  }

  #fail(code: string, leafIndex: number, message: string, offset: number): void {
    const place = { leafIndex, file: this.#wal.path, offset }
    this.#state.findings.add({ verdict: 'integrity', code, severity: 'failure', ...place, message })
  }
}

/** A segment that is being filled. */
type OpenSegment = { next: number; readonly key: SegmentKey | null }

const NEWLINE = 0x0a
const text = new TextBuffer()
const leafHash = Buffer.alloc(HASH_BYTES)
const vaultDigest = Buffer.alloc(HASH_BYTES)
/** Core digest ‖ personal digest ‖ content digest. */
const digests = Buffer.alloc(3 * HASH_BYTES)
