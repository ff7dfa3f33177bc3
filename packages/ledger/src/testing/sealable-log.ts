import { hash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { PreparedEvent } from '@tidemark/event'
import { encodeBundle, TILE_WIDTH } from '@tidemark/proof'
import { writeDurably } from '../durable-file.js'
import type { FileSystem } from '../file-system.js'
import { type Keyring, masterKeyring, type Random } from '../keyring.js'
import { LogFiles, periodOf } from '../log-files.js'
import { nodeFileSystem } from '../node-file-system.js'
import { makeDurably } from '../seal-directory.js'
import { lineOf } from '../sealed-lines.js'
import { SegmentKeys } from '../segment-keys.js'
import { TileFiles } from '../tile-files.js'
import { Vault } from '../vault.js'
import { commitLine, controlEntry, eventEntry } from '../wal-line.js'

export type SealableLogOptions = {
  readonly directory: string
  readonly fs?: FileSystem
  readonly random?: Random
  readonly origin?: string
  /** `receivedAt` of the first leaf; each further leaf is received 1 ms later. */
  readonly startMs?: number
}

/** Writes complete WAL files and entry bundles as the sequencer does, for tests of what comes after it. */
export class SealableLog {
  readonly fs: FileSystem
  readonly directory: string
  readonly origin: string
  readonly random: Random
  readonly keyring: Keyring
  readonly keys: SegmentKeys
  readonly entries: Buffer[] = []
  /** The lines of all leaves as they were written, without commit lines. */
  readonly lines: Buffer[] = []
  nowMs: number
  #vault: Vault | undefined

  constructor({ directory, fs, random, origin, startMs }: SealableLogOptions) {
    this.directory = directory
    this.fs = fs ?? nodeFileSystem()
    this.random = random ?? randomBytes
    this.origin = origin ?? 'tidemark.test/t/acme'
    this.nowMs = startMs ?? Date.UTC(2026, 10, 20, 9)
    this.keyring = masterKeyring(Buffer.alloc(32, 7), this.random)
    this.keys = new SegmentKeys(this)
  }

  get size(): number {
    return this.entries.length
  }

  /** Takes records from another vault from now on. */
  useVault(vault: Vault): void {
    this.#vault = vault
  }

  async vault(): Promise<Vault> {
    this.#vault ??= await Vault.open(this)
    return this.#vault
  }

  /** Appends leaves as one complete WAL, `batchLeaves` to a commit, with bundles; gives its path. A string is a control body. */
  async writeWal(leaves: readonly (PreparedEvent | string)[], batchLeaves = 100): Promise<string> {
    const first = this.size
    const places = new Map<string, number>()
    const vault = await this.vault()
    for (const leaf of leaves) {
      this.nowMs++
      if (typeof leaf === 'string') this.#addControl(leaf)
      else await this.#addEvent(leaf, first, places, vault)
    }
    const path = new LogFiles(this.directory).wal(first)
    await makeDurably(this.fs, this.directory, join(this.directory, 'wal'))
    await writeDurably(this.fs, path, Buffer.concat(this.#batches(first, batchLeaves)))
    await this.#writeBundles(first)
    return path
  }

  #addControl(body: string): void {
    const entry = controlEntry(this.size === 0 ? 'genesis' : 'note', body, this.nowMs)
    this.lines.push(Buffer.from(lineOf({ index: this.size, entry })))
    this.entries.push(Buffer.from(entry))
  }

  async #addEvent(event: PreparedEvent, first: number, places: Map<string, number>, vault: Vault): Promise<void> {
    const position = places.get(event.retentionClass) ?? 0
    places.set(event.retentionClass, position + 1)
    const key = await this.keys.open(event.retentionClass, periodOf(this.nowMs), first)
    const { record, digest, saltText } = vault.personalRecord(event.person, event.personal)
    const salts = key.salts(position, 1)
    const commitment = hash('sha256', commitmentInput(salts, event, digest), 'base64url')
    const entry = eventEntry(commitment, event.sequence, JSON.stringify(event.service), this.nowMs)
    const place = { segmentFirst: first, position, vaultRecord: record, personalSalt: saltText }
    this.lines.push(Buffer.from(lineOf({ index: this.size, entry, event: { ...event, ...place } })))
    this.entries.push(Buffer.from(entry))
  }

  #batches(first: number, batchLeaves: number): Buffer[] {
    const batches: Buffer[] = []
    for (let start = first; start < this.size; start += batchLeaves) {
      const lines = this.lines.slice(start, start + batchLeaves)
      const bytes = Buffer.concat(lines)
      batches.push(bytes, Buffer.from(commitLine(lines.length, crc32(bytes), start + lines.length)))
    }
    return batches
  }

  async #writeBundles(from: number): Promise<void> {
    const tiles = new TileFiles(this.fs, new LogFiles(this.directory))
    for (let start = from - (from % TILE_WIDTH); start < this.size; start += TILE_WIDTH) {
      const entries = this.entries.slice(start, start + TILE_WIDTH)
      await tiles.write('entries', start / TILE_WIDTH, entries.length, encodeBundle(entries))
    }
  }
}

/** coreDigest ‖ personalDigest ‖ contentDigest */
function commitmentInput(salts: Buffer, { core, content }: PreparedEvent, personalDigest: Uint8Array): Buffer {
  const digest = (salt: Buffer, text: string) => hash('sha256', Buffer.concat([salt, Buffer.from(text)]), 'buffer')
  return Buffer.concat([digest(salts.subarray(0, 16), core), personalDigest, digest(salts.subarray(16), content)])
}
