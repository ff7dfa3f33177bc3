import { hash } from 'node:crypto'
import type { PreparedEvent } from '@tidemark/event'
import { HASH_BYTES, sha256Into } from '@tidemark/proof'
import type { ControlItem } from './batch.js'
import type { Group } from './group.js'
import type { LeafTail } from './leaf-tail.js'
import type { PersonalRecords } from './sealed-half.js'
import { SALT_BYTES, type SegmentPlace } from './segment-place.js'
import { CONTENT, controlEntry, controlLine, eventEntry, eventHead, LINE_END, PERSONAL } from './wal-line.js'

/**
 * Turns prepared events into leaves: salts, digests, commitment, entry, WAL line.
 *
 *     partDigest = SHA-256(salt ‖ bytes)
 *     commit     = SHA-256(coreDigest ‖ personalDigest ‖ contentDigest)
 */
export class EventEncoder {
  readonly #core = new SaltedText()
  readonly #content = new SaltedText()
  readonly #digests = Buffer.alloc(3 * HASH_BYTES)
  readonly #sources = new Map<string, string>()

  constructor(
    readonly vault: PersonalRecords,
    readonly tail: LeafTail,
  ) {}

  /** Adds an event as the next leaf of the group and of the tail. */
  addEvent(event: PreparedEvent, segment: SegmentPlace, group: Group, timeMs: number): void {
    const personal = this.vault.personalRecord(event.person, event.personal)
    segment.saltInto(this.#core.bytes, this.#content.bytes)
    const core = this.#core.digestInto(event.core, this.#digests, 0)
    this.#digests.set(personal.digest, HASH_BYTES)
    const content = this.#content.digestInto(event.content, this.#digests, 2 * HASH_BYTES)
    const commit = hash('sha256', this.#digests, 'base64url')
    const entry = eventEntry(commit, event.sequence, this.#sourceJson(event.service), timeMs)
    this.tail.append(entry)
    const head = eventHead(group.end, entry, event, segment.position, personal.record, personal.saltText)
    group.begin(event.id, timeMs)
    group.writeText(head)
    group.writeBytes(core)
    if (event.personal !== '') {
      group.writeBytes(PERSONAL)
      group.writeText(event.personal)
    }
    if (event.content !== '') {
      group.writeBytes(CONTENT)
      group.writeBytes(content)
    }
    group.writeBytes(LINE_END)
    segment.position++
  }

  /** Adds a control entry as the next leaf. Refused: `too_large`. */
  addControl(item: ControlItem, group: Group, timeMs: number): void {
    const entry = controlEntry(item.kind, item.body, timeMs)
    this.tail.append(entry)
    const line = controlLine(group.end, entry)
    group.begin(null, timeMs)
    group.writeText(line)
  }

  #sourceJson(source: string): string {
    const known = this.#sources.get(source)
    if (known !== undefined) return known
    if (this.#sources.size >= MAX_SOURCES) this.#sources.clear()
    const json = JSON.stringify(source)
    this.#sources.set(source, json)
    return json
  }
}

/** A salt and the text behind it in one buffer, so that both are hashed in one call. */
class SaltedText {
  bytes = Buffer.allocUnsafeSlow(4096)

  /** Writes SHA-256(salt ‖ text) to `digests` at `offset`. Gives the bytes of the text, good until the next call. */
  digestInto(text: string, digests: Buffer, offset: number): Uint8Array {
    const room = SALT_BYTES + 3 * text.length
    if (this.bytes.length < room) {
      const larger = Buffer.allocUnsafeSlow(2 * room)
      this.bytes.copy(larger, 0, 0, SALT_BYTES)
      this.bytes = larger
    }
    const end = SALT_BYTES + this.bytes.write(text, SALT_BYTES)
    sha256Into(this.bytes.subarray(0, end), digests, offset)
    return this.bytes.subarray(SALT_BYTES, end)
  }
}

const MAX_SOURCES = 1_000
