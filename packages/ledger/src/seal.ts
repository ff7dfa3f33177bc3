import { basename } from 'node:path'
import type { RetentionClass } from '@tidemark/event'
import type { FileSystem } from './file-system.js'
import { IdRunBuilder } from './id-index-run.js'
import type { Keyring, Random } from './keyring.js'
import { LedgerError } from './ledger-error.js'
import { CONTROL, readLocator, sealedFirsts, writeLocator } from './locator.js'
import { firstOfName, periodOf } from './log-files.js'
import { commitmentIn } from './seal-commitment.js'
import { SealFile } from './seal-file.js'
import { WalLine } from './seal-line.js'
import { CarriedRecords } from './seal-records.js'
import { type SealedSegment, SegmentSealer } from './seal-segment.js'
import { sealVault } from './seal-vault.js'
import { BatchWalk, wholeLines } from './seal-wal.js'
import { SegmentKeys } from './segment-keys.js'
import { isClassName, segmentName, segmentPath } from './segment-name.js'

export type SealOptions = {
  readonly fs: FileSystem
  /** The log's directory. */
  readonly directory: string
  readonly origin: string
  readonly keyring: Keyring
  readonly random: Random
  /** Brotli quality of the frames, 0 … 11. Default `FRAME_QUALITY`. */
  readonly quality?: number
}

/** What became of one WAL. */
export type SealedRange = {
  /** Its leaves are `first` … `end` − 1. */
  readonly first: number
  readonly end: number
  /** `receivedAt` of the first and the last leaf, ms. */
  readonly tFirst: number
  readonly tLast: number
  readonly segments: readonly SealedSegment[]
  /** How many records went to the vault, because they were used for the first time. */
  readonly newRecords: number
}

/**
 * Writes segments, vault, ids and, last of all, the locator of a complete WAL, each durable when this resolves.
 *
 * Every line is checked against its commit line and every event against its entry; a WAL that does not hold is refused
 * (`corrupt`) and stays. Ranges are sealed in order. To be asked again after a crash anywhere in it: files of an earlier
 * attempt are replaced.
 */
export async function sealWal(walPath: string, options: SealOptions): Promise<SealedRange> {
  const sealing = new Sealing(walPath, options)
  try {
    return await sealing.run()
  } catch (cause) {
    await sealing.abandon()
    if (!(cause instanceof SyntaxError)) throw cause
    const advice = 'The events in it are acknowledged: keep the file, restore it from a backup, and start again.'
    throw new LedgerError('corrupt', `${walPath} is not sealed: ${cause.message}`, { file: walPath, advice, cause })
  }
}

class Sealing {
  readonly #records = new CarriedRecords()
  readonly #line = new WalLine(this.#records.personalOf)
  readonly #ids = new IdRunBuilder()
  readonly #segments: SegmentSealer[] = []
  readonly #leafClasses: number[] = []
  readonly #keys: SegmentKeys
  readonly #first: number
  #tFirst = 0
  #tLast = 0
  #nextDay = 0

  constructor(
    readonly walPath: string,
    readonly options: SealOptions,
  ) {
    this.#keys = new SegmentKeys(options)
    this.#first = firstOfName(basename(walPath), 'wal') ?? -1
  }

  async run(): Promise<SealedRange> {
    const walk = new BatchWalk(this.#first)
    const file = await this.options.fs.open(this.walPath, 'read')
    try {
      for await (const bytes of wholeLines(file)) {
        await walk.through(bytes, (start, end) => this.#takeLine(bytes, start, end))
        for (const segment of this.#segments) await segment.flush()
      }
    } finally {
      await file.close()
    }
    if (this.#leafClasses.length === 0 || !walk.isCommitted) throw new SyntaxError('its last batch has no commit line')
    await this.#checkOrder()
    return this.#finish()
  }

  async abandon(): Promise<void> {
    for (const segment of this.#segments) await segment.file.abandon()
  }

  get #end(): number {
    return this.#first + this.#leafClasses.length
  }

  /** Takes one leaf. A promise only when its segment has to be opened first. */
  #takeLine(bytes: Buffer, start: number, end: number): void | Promise<void> {
    this.#line.read(bytes, start, end)
    this.#takeLeaf()
    if (!this.#line.isEvent) {
      this.#leafClasses.push(CONTROL)
      return
    }
    const segment = this.#segment()
    if (!segment) return this.#openSegment().then((opened) => this.#takeEvent(opened))
    this.#takeEvent(segment)
  }

  #takeLeaf(): void {
    const { index, receivedAt, isEvent, source, entryStart } = this.#line
    if (this.#leafClasses.length === 0) {
      this.#tFirst = receivedAt
      this.#nextDay = Date.parse(periodOf(receivedAt)) + DAY_MS
    }
    if (index !== this.#end) throw new SyntaxError(`leaf ${index} stands where ${this.#end} belongs`)
    if (receivedAt < this.#tLast || receivedAt >= this.#nextDay) {
      throw new SyntaxError(`leaf ${index} was received at a time that does not follow`)
    }
    if (isEvent !== (commitmentIn(source, entryStart) !== '')) throw new SyntaxError(`leaf ${index} has another entry`)
    this.#tLast = receivedAt
  }

  #takeEvent(segment: SegmentSealer): void {
    const line = this.#line
    segment.add(line, this.#records.of(line).digest)
    this.#ids.add(line.source.toString('latin1', line.idAt, line.idAt + ID_TEXT), line.index)
    this.#leafClasses.push(this.#segments.indexOf(segment))
  }

  #segment(): SegmentSealer | undefined {
    return this.#segments.find((segment) => segment.id.retentionClass === this.#line.retentionClass)
  }

  async #openSegment(): Promise<SegmentSealer> {
    const { fs, directory, origin, quality } = this.options
    const retentionClass = this.#line.retentionClass as RetentionClass
    if (!isClassName(retentionClass)) throw new SyntaxError('a retention class has another name')
    const id = { retentionClass, period: periodOf(this.#tFirst), first: this.#first }
    const name = segmentName(id)
    const key = await this.#keys.find(name)
    if (!key) throw new SyntaxError(`the key of segment ${name} is missing`)
    const file = await SealFile.create(fs, directory, segmentPath(directory, name))
    const segment = new SegmentSealer(id, key, file, `${origin}\n${name}`, quality)
    this.#segments.push(segment)
    return segment
  }

  /** The vault can only tell which records are new when every range before was sealed. */
  async #checkOrder(): Promise<void> {
    const { fs, directory } = this.options
    const before = (await sealedFirsts(fs, directory)).filter((first) => first < this.#first).at(-1)
    const end = before === undefined ? 0 : before + (await readLocator(fs, directory, before)).locator.count
    if (end !== this.#first) throw new SyntaxError(`leaves ${end} … ${this.#first - 1} are not sealed yet`)
  }

  async #finish(): Promise<SealedRange> {
    const { fs, directory } = this.options
    const first = this.#first
    const times = { tFirst: this.#tFirst, tLast: this.#tLast }
    const segments: SealedSegment[] = []
    for (const segment of this.#segments) segments.push(await segment.finish())
    const newRecords = await sealVault(this.options, first, [...this.#records.all()])
    await this.#ids.write(fs, directory, first, this.#tLast)
    const classes = segments.map((segment) => segment.retentionClass)
    const locator = { first, count: this.#leafClasses.length, period: periodOf(this.#tFirst), ...times, classes }
    await writeLocator(fs, directory, locator, Uint8Array.from(this.#leafClasses))
    return { first, end: this.#end, ...times, segments, newRecords }
  }
}

const ID_TEXT = 36
const DAY_MS = 24 * 60 * 60 * 1000
