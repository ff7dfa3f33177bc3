import type { RetentionClass } from '@tidemark/event'
import { SALT_PAIR_BYTES } from './salts.js'
import { commitmentIn, commitmentOf } from './seal-commitment.js'
import { damaged } from './seal-damage.js'
import type { SealedEntries } from './sealed-entries.js'
import type { FrameCache } from './sealed-frames.js'
import type { OpenSegment, RangeReader, ReadableSegment } from './sealed-range.js'
import type { SealedEvent, SealedRecord } from './sealed-record.js'
import { FRAME_EVENTS, type FrameEvent } from './segment-frame.js'
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
      const event = block.eventInMemory(leaf.index, segment) ?? (await block.event(leaf.index, segment))
      const known = block.people.get(event.vaultRecord) ?? (await block.person(event.vaultRecord))
      records.push({ ...leaf, ...block.check(leaf.index, segment, event, known, commitment) })
    }
  }
  return records
}

/** What the leaves of a block share. Only what is not in memory yet is awaited: most events need nothing. */
class Block {
  readonly segments = new Map<RetentionClass, OpenSegment>()
  readonly people = new Map<number, ReadRecord>()
  /** The newest frame of each segment. */
  readonly #frames = new Map<ReadableSegment, { readonly number: number; readonly events: FrameEvent[] }>()

  constructor(readonly sources: BlockSources) {}

  async openSegment(retentionClass: RetentionClass): Promise<OpenSegment> {
    const segment = await this.sources.range.segment(retentionClass)
    this.segments.set(retentionClass, segment)
    return segment
  }

  eventInMemory(leaf: number, segment: ReadableSegment): FrameEvent | undefined {
    const position = this.sources.range.positionOf(leaf)
    const frame = this.#frames.get(segment)
    return frame?.number === Math.floor(position / FRAME_EVENTS) ? frame.events[position % FRAME_EVENTS] : undefined
  }

  async event(leaf: number, segment: ReadableSegment): Promise<FrameEvent> {
    const number = Math.floor(this.sources.range.positionOf(leaf) / FRAME_EVENTS)
    this.#frames.set(segment, { number, events: await this.sources.frames.frame(segment.reader, number) })
    return this.eventInMemory(leaf, segment) as FrameEvent
  }

  async person(vaultRecord: number): Promise<ReadRecord> {
    const known = await this.sources.vault.record(vaultRecord)
    this.people.set(vaultRecord, known)
    return known
  }

  check(
    leaf: number,
    segment: ReadableSegment,
    stored: FrameEvent,
    known: ReadRecord,
    commitment: string,
  ): SealedEvent {
    const { range, entries } = this.sources
    const position = range.positionOf(leaf)
    const salts = segment.key.salts(position, 1)
    const { id, vaultRecord, core, content } = stored
    if (commitmentOf(salts, 0, core, known.digest, content) !== commitment) {
      throw damaged(entries.pathOf(leaf), `the entry of leaf ${leaf} does not commit to its event`)
    }
    return {
      state: 'present',
      event: {
        retentionClass: segment.retentionClass,
        segmentFirst: range.locator.first,
        position,
        id,
        vaultRecord,
        personalSalt: known.state === 'erased' ? '' : known.saltText,
        ipKey: known.state === 'erased' ? '' : known.ipKey,
        core: core.toString(),
        personal: known.state === 'erased' ? '' : known.text,
        content: content.toString(),
      },
      erased: known.state === 'erased',
      coreSalt: salts.subarray(0, SALT_PAIR_BYTES / 2),
      contentSalt: salts.subarray(SALT_PAIR_BYTES / 2),
      personalDigest: known.digest,
    }
  }
}
