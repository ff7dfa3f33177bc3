import type { RetentionClass } from '@tidemark/event'
import { SALT_BYTES } from './salts.js'
import { commitmentIn } from './seal-commitment.js'
import { damaged } from './seal-damage.js'
import type { SealedEntries } from './sealed-entries.js'
import type { FrameCache } from './sealed-frames.js'
import type { OpenSegment, RangeReader, ReadableSegment } from './sealed-range.js'
import type { SealedEvent, SealedRecord } from './sealed-record.js'
import { FRAME_EVENTS, type Frame } from './segment-frame.js'
import type { ReadRecord, VaultReader } from './vault-reader.js'

/** Where the leaves of one sealed range are read from. */
export type BlockSources = {
  readonly range: RangeReader
  readonly entries: SealedEntries
  readonly frames: FrameCache
  readonly vault: VaultReader
}

/**
 * The records of leaves `from` … `end` − 1 of a range, each event checked against the commitment in its entry. Refused:
 * `corrupt`, with the file.
 */
export async function readBlock(sources: BlockSources, from: number, end: number): Promise<SealedRecord[]> {
  const entries = await sources.entries.entries(from, end)
  const block = new Block(sources)
  const records: SealedRecord[] = []
  for (const [i, entryBytes] of entries.entries()) {
    const retentionClass = sources.range.classOf(from + i)
    const leaf = { index: from + i, entry: entryBytes.toString() }
    const commitment = commitmentIn(entryBytes)
    if ((commitment === '') !== (retentionClass === undefined)) {
      throw damaged(sources.entries.pathOf(leaf.index), `leaf ${leaf.index} is of another kind than its locator says`)
    }
    if (retentionClass === undefined) {
      records.push({ state: 'control', ...leaf })
      continue
    }
    const segment = block.segments.get(retentionClass) ?? (await block.openSegment(retentionClass))
    if (segment === 'disposed') records.push({ state: 'disposed', ...leaf, retentionClass })
    else {
      const frame = block.frameInMemory(leaf.index, segment) ?? (await block.frame(leaf.index, segment))
      const vaultRecord = frame.vaultRecordOf(block.placeOf(leaf.index))
      const known = block.people.get(vaultRecord) ?? (await block.person(vaultRecord))
      records.push({ ...leaf, ...block.check(leaf.index, segment, frame, known, commitment) })
    }
  }
  return records
}

/** What the leaves of a block share. Only what is not in memory yet is awaited: most events need nothing. */
class Block {
  readonly segments = new Map<RetentionClass, OpenSegment>()
  readonly people = new Map<number, ReadRecord>()
  /** The newest frame of each segment. */
  readonly #frames = new Map<ReadableSegment, { readonly number: number; readonly frame: Frame }>()

  constructor(readonly sources: BlockSources) {}

  async openSegment(retentionClass: RetentionClass): Promise<OpenSegment> {
    const segment = await this.sources.range.segment(retentionClass)
    this.segments.set(retentionClass, segment)
    return segment
  }

  placeOf(leaf: number): number {
    return this.sources.range.positionOf(leaf) % FRAME_EVENTS
  }

  frameInMemory(leaf: number, segment: ReadableSegment): Frame | undefined {
    const newest = this.#frames.get(segment)
    return newest?.number === this.#frameNumber(leaf) ? newest.frame : undefined
  }

  async frame(leaf: number, segment: ReadableSegment): Promise<Frame> {
    const number = this.#frameNumber(leaf)
    const frame = await this.sources.frames.frame(segment.reader, number)
    this.#frames.set(segment, { number, frame })
    return frame
  }

  async person(vaultRecord: number): Promise<ReadRecord> {
    const known = await this.sources.vault.record(vaultRecord)
    this.people.set(vaultRecord, known)
    return known
  }

  check(leaf: number, segment: ReadableSegment, frame: Frame, known: ReadRecord, commitment: string): SealedEvent {
    const { range, entries } = this.sources
    const [position, place] = [range.positionOf(leaf), this.placeOf(leaf)]
    const salts = segment.key.salts(position, 1)
    if (frame.commitmentOf(place, salts, 0, known.digest) !== commitment) {
      throw damaged(entries.pathOf(leaf), `the entry of leaf ${leaf} does not commit to its event`)
    }
    return {
      state: 'present',
      event: {
        retentionClass: segment.retentionClass,
        segmentFirst: range.locator.first,
        position,
        id: frame.idOf(place),
        vaultRecord: known.record,
        personalSalt: known.state === 'erased' ? '' : known.saltText,
        ipKey: known.state === 'erased' ? '' : known.ipKey,
        core: frame.coreOf(place),
        personal: known.state === 'erased' ? '' : known.text,
        content: frame.contentOf(place),
      },
      erased: known.state === 'erased',
      coreSalt: salts.subarray(0, SALT_BYTES),
      contentSalt: salts.subarray(SALT_BYTES),
      personalDigest: known.digest,
    }
  }

  #frameNumber(leaf: number): number {
    return Math.floor(this.sources.range.positionOf(leaf) / FRAME_EVENTS)
  }
}
