import type { RetentionClass } from '@tidemark/event'
import { IDS_KEPT_MS, IdIndex } from './id-index.js'
import { IdRunBuilder, idRunFirsts } from './id-index-run.js'
import { masterKeyring } from './keyring.js'
import { sealWal } from './seal.js'
import { damaged } from './seal-damage.js'
import type { SealThread } from './seal-thread.js'
import type { SealedHalf, WalRange } from './sealed-half.js'
import { SealedReader, type SealedReaderOptions } from './sealed-reader.js'
import { SegmentKeys } from './segment-keys.js'
import { segmentKeyPath, segmentName } from './segment-name.js'
import { Vault } from './vault.js'

export type SealedFilesOptions = Omit<SealedReaderOptions, 'keyring'> & {
  /** 32 bytes that wrap the keys of segments and persons. */
  readonly masterKey: Uint8Array
  /** Seals WAL files; without it they are sealed here and now, with `fs`. */
  readonly thread?: SealThread
  /** Brotli quality of the frames, 0 … 11. */
  readonly quality?: number
  /** Memory for the ids of sealed events, bytes. Default 64 MiB. */
  readonly idBytes?: number
  /** How many personal records are remembered. Default 16,384. */
  readonly rememberedRecords?: number
}

/** The sealed files of one log: segments, keys, vault and ids. */
export class SealedFiles implements SealedHalf {
  private constructor(
    readonly options: SealedFilesOptions & SealedReaderOptions,
    readonly keys: SegmentKeys,
    readonly vault: Vault,
    readonly reader: SealedReader,
    readonly ids: IdIndex,
  ) {}

  /** Runs of ids that are missing or damaged are made again from the segments. Refused: `corrupt`. */
  static async open(given: SealedFilesOptions): Promise<SealedFiles> {
    const options = { ...given, keyring: masterKeyring(given.masterKey, given.random) }
    const reader = await SealedReader.open(options)
    const idAt = (leaf: number) => idOf(options, reader, leaf)
    const rewrite = (first: number) => rewriteIds(options, reader, first)
    const ids = await IdIndex.open({ ...options, idAt, rewrite }, await rangesWithIds(options, reader))
    return new SealedFiles(options, new SegmentKeys(options), await Vault.open(options), reader, ids)
  }

  async seal({ path, first }: WalRange): Promise<void> {
    const { thread, directory, origin, masterKey, quality } = this.options
    const range = thread
      ? await thread.seal({ walPath: path, directory, origin, masterKey, ...(quality !== undefined && { quality }) })
      : await sealWal(path, this.options)
    await this.reader.refresh()
    await this.ids.add(first)
    await this.ids.removeBefore(range.tLast - IDS_KEPT_MS)
  }

  async end(): Promise<number> {
    const newest = this.reader.firsts.at(-1)
    return newest === undefined ? 0 : (await this.reader.rangeOf(newest)).end
  }

  async close(): Promise<void> {
    this.reader.forget()
  }
}

/**
 * The id of a sealed event. Refused: `corrupt`, when the key of its segment is gone: a retry of the event could not be
 * told from a new one, and would be stored twice.
 */
async function idOf(
  { directory }: SealedReaderOptions,
  reader: SealedReader,
  leaf: number,
): Promise<string | undefined> {
  const record = await reader.record(leaf)
  if (record.state !== 'disposed') return record.event?.id
  const { first, period } = (await reader.rangeOf(leaf)).locator
  const name = segmentName({ retentionClass: record.retentionClass as RetentionClass, period, first })
  throw damaged(segmentKeyPath(directory, name), 'it is missing, though ids of its segment are still kept')
}

/** The ranges that have a run of ids, and those that lost theirs before seven days were over, by the time of the log. */
async function rangesWithIds({ fs, directory }: SealedReaderOptions, reader: SealedReader): Promise<number[]> {
  const present = new Set(await idRunFirsts(fs, directory))
  const firsts = reader.firsts.filter((first) => present.has(first))
  const newest = reader.firsts.at(-1)
  if (newest === undefined) return firsts
  const oldestMs = (await reader.rangeOf(newest)).locator.tLast - IDS_KEPT_MS
  for (const first of reader.firsts.filter((candidate) => !present.has(candidate)).reverse()) {
    if ((await reader.rangeOf(first)).locator.tLast < oldestMs) break
    firsts.push(first)
  }
  return firsts
}

/** Writes the ids of a sealed range again. */
async function rewriteIds({ fs, directory }: SealedReaderOptions, reader: SealedReader, first: number): Promise<void> {
  const { locator, end } = await reader.rangeOf(first)
  const ids = new IdRunBuilder()
  for await (const records of reader.blocks(first, end)) {
    for (const { index, event } of records) if (event) ids.add(event.id, index)
  }
  await ids.write(fs, directory, first, locator.tLast)
}
