import { hash } from 'node:crypto'
import { HASH_BYTES, sha256Into } from '@tidemark/proof'
import { SALT_BYTES } from './salts.js'
import { ByteReader, GrowingBytes } from './segment-bytes.js'
import { uuidText } from './segment-hex.js'
import { TextUnpacker } from './segment-text.js'

/** How many events a frame holds; only the last one of a segment holds fewer. */
export const FRAME_EVENTS = 256

/** The events of one frame, by their place in it. */
export class Frame {
  readonly count: number
  readonly #plain: Buffer
  readonly #records: readonly number[]
  readonly #idsAt: number
  /** Of each event its core and its content, each behind room for a salt. */
  readonly #texts: GrowingBytes
  /** Where the core and the content of each event end. */
  readonly #ends: readonly number[]

  /** Takes a frame apart, the texts into `texts`, which belongs to it then. RangeError when it is no frame. */
  constructor(plain: Buffer, texts = new GrowingBytes(2 * plain.length)) {
    const reader = new ByteReader(plain)
    const count = reader.varint()
    if (count > FRAME_EVENTS) throw new RangeError(`a frame of ${count} events`)
    const coreLengths = numbersOf(reader, count)
    const contentLengths = numbersOf(reader, count)
    this.count = count
    this.#plain = plain
    this.#records = numbersOf(reader, count)
    this.#idsAt = reader.skip(count * ID_BYTES)
    const columnBytes = reader.varint()
    const columnAt = reader.skip(columnBytes)
    const column = new ByteReader(plain.subarray(columnAt, columnAt + columnBytes))
    const coresAt = reader.skip(sumOf(coreLengths))
    const contentsAt = reader.skip(sumOf(contentLengths))
    const cores = new TextUnpacker(plain, coresAt, contentsAt, column)
    const contents = new TextUnpacker(plain, contentsAt, plain.length, column)
    this.#texts = texts
    this.#ends = this.#unpack([cores, coreLengths], [contents, contentLengths])
    if (reader.at !== plain.length || column.at !== columnBytes) throw new RangeError('bytes left over in a frame')
  }

  /** Memory it takes, bytes. */
  get bytes(): number {
    return this.#texts.buffer.length + this.#plain.length
  }

  idOf(place: number): string {
    return uuidText(this.#plain, this.#idsAt + place * ID_BYTES)
  }

  vaultRecordOf(place: number): number {
    return this.#records[place] as number
  }

  coreOf(place: number): string {
    return this.#texts.buffer.toString('utf8', this.#coreAt(place), this.#ends[2 * place])
  }

  /** '' when the event has no content. */
  contentOf(place: number): string {
    return this.#texts.buffer.toString('utf8', this.#contentAt(place), this.#ends[2 * place + 1])
  }

  /**
   * The commitment of an event, base64url as its entry has it; its two salts stand in `salts` at `saltsAt`.
   *
   *     SHA-256( SHA-256(coreSalt ‖ core) ‖ personalDigest ‖ SHA-256(contentSalt ‖ content) )
   */
  commitmentOf(place: number, salts: Buffer, saltsAt: number, personalDigest: Uint8Array): string {
    this.#digestInto(0, salts, saltsAt, this.#coreAt(place), this.#ends[2 * place] as number)
    digests.set(personalDigest, HASH_BYTES)
    const contentEnd = this.#ends[2 * place + 1] as number
    this.#digestInto(2 * HASH_BYTES, salts, saltsAt + SALT_BYTES, this.#contentAt(place), contentEnd)
    return hash('sha256', digests, 'base64url')
  }

  /** Writes the salt into the room before a text and hashes both. */
  #digestInto(offset: number, salts: Buffer, saltAt: number, start: number, end: number): void {
    const texts = this.#texts.buffer
    const from = start - SALT_BYTES
    for (let i = 0; i < SALT_BYTES; i++) texts[from + i] = salts[saltAt + i] as number
    sha256Into(texts.subarray(from, end), digests, offset)
  }

  #coreAt(place: number): number {
    return (this.#ends[2 * place - 1] ?? 0) + SALT_BYTES
  }

  #contentAt(place: number): number {
    return (this.#ends[2 * place] as number) + SALT_BYTES
  }

  #unpack(...parts: readonly (readonly [TextUnpacker, readonly number[]])[]): number[] {
    const texts = this.#texts
    const ends: number[] = []
    texts.clear()
    for (let place = 0; place < this.count; place++) {
      for (const [unpacker, lengths] of parts) {
        texts.reserve(SALT_BYTES)
        texts.length += SALT_BYTES
        unpacker.next(lengths[place] as number, this.#idsAt + place * ID_BYTES, texts)
        ends.push(texts.length)
      }
    }
    return ends
  }
}

const ID_BYTES = 16
/** coreDigest ‖ personalDigest ‖ contentDigest */
const digests = Buffer.alloc(3 * HASH_BYTES)

const numbersOf = (reader: ByteReader, count: number): number[] => Array.from({ length: count }, () => reader.varint())

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)
