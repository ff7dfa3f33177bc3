import assert from 'node:assert/strict'
import {
  type Checkpoint,
  hashesAtLevel,
  type SigningKey,
  sameHash,
  signCheckpoint,
  TILE_WIDTH,
  type Tile,
  tilesBetween,
} from '@tidemark/proof'
import { writeDurably } from './durable-file.js'
import type { FileSystem } from './file-system.js'
import type { HeadCell } from './head-cell.js'
import type { LogFiles } from './log-files.js'
import type { TileFiles, TileKind } from './tile-files.js'
import type { Tree } from './tree.js'

/** A checkpoint with the note that says it. */
export type SignedCheckpoint = Checkpoint & { readonly note: string }

export type PublisherParts = {
  readonly origin: string
  readonly fs: FileSystem
  readonly files: LogFiles
  readonly tiles: TileFiles
  readonly tree: Tree
  readonly headCell: HeadCell
  readonly keys: readonly SigningKey[]
}

/** What was published before: the checkpoint, what the head cell holds, and up to which size the tiles are in place. */
export type Published = {
  readonly checkpoint: SignedCheckpoint | null
  readonly head: string | null
  readonly tiledSize: number
}

/**
 * Signs the tree. In this order, so that whoever sees a checkpoint can have everything it speaks of, and that a crash
 * between two steps shows: leaves durable → tiles → head cell → checkpoint file.
 */
export class Publisher {
  #published: Published
  /** Until tiles have been written once: files are there then of which this process knows nothing. */
  #isOpening = true
  /** Tiles that have partial forms on disk, as far as this process wrote them. */
  readonly #partial = new Set<string>()
  #publishing: Promise<SignedCheckpoint> | null = null
  /** What the head cell holds. */
  #head: string | null
  /** What it is known to hold after a power cut. */
  #durableHead: string | null = null
  /** What it was last given without a clear answer: it may hold that. */
  #tried: string | null = null

  constructor(
    readonly parts: PublisherParts,
    published: Published,
  ) {
    this.#published = published
    this.#head = published.head
  }

  /** The newest checkpoint that everybody can see; null before the first. */
  get checkpoint(): SignedCheckpoint | null {
    return this.#published.checkpoint
  }

  /** The size up to which tiles are in place and signed. */
  get publishedSize(): number {
    return Math.min(this.#published.tiledSize, this.#published.checkpoint?.size ?? 0)
  }

  /** Signs and publishes the tree as it stands, also when it did not grow. One at a time; a call meanwhile joins. */
  publish(): Promise<SignedCheckpoint> {
    this.#publishing ??= this.#publish().finally(() => {
      this.#publishing = null
    })
    return this.#publishing
  }

  async #publish(): Promise<SignedCheckpoint> {
    const { tree, origin, keys, files, fs } = this.parts
    const unsigned: Checkpoint = { origin, size: tree.size, root: tree.root() }
    const last = this.#published.checkpoint
    assert(!last || unsigned.size >= last.size, 'a checkpoint never goes back')
    assert(!last || unsigned.size > last.size || sameHash(unsigned.root, last.root), 'one size has one root')
    await this.#writeTiles(unsigned.size)
    const note = signCheckpoint(unsigned, keys)
    await this.#replaceHead(note)
    await writeDurably(fs, files.checkpoint, Buffer.from(note))
    const checkpoint = { ...unsigned, note }
    this.#published = { ...this.#published, checkpoint }
    return checkpoint
  }

  async #writeTiles(size: number): Promise<void> {
    const from = this.#published.tiledSize
    const { tree } = this.parts
    const standing = this.#isOpening
      ? rightEdge(size).filter(({ level }) => hashesAtLevel(from, level) === hashesAtLevel(size, level))
      : []
    for (const tile of [...standing, ...tilesBetween(from, size)]) {
      await this.#writeTile(tile.level, tile, tree.heldHashes(tile.level, tile.index, tile.width), from)
      if (tile.level === 0) await this.#writeTile('entries', tile, tree.tail.bundle(tile.index, tile.width), from)
    }
    this.#isOpening = false
    this.#published = { ...this.#published, tiledSize: size }
    tree.release(size)
  }

  /**
   * Most tiles can be made again from the WAL and need no sync. Those that also hold leaves from before `from` cannot, when
   * they take the place of what holds them now: a full tile that of its partial ones, and after a start any tile that of a
   * file which may be there already.
   */
  async #writeTile(kind: TileKind, tile: Tile, bytes: Buffer | null, from: number): Promise<void> {
    assert(bytes, `tile ${kind}/${tile.index} is in memory until it is on disk`)
    const { tiles } = this.parts
    const { level, index, width } = tile
    const isFirst = this.#isOpening
    const isFull = width === TILE_WIDTH
    const had = hashesAtLevel(from, level)
    const holdsOlder = index === Math.floor(had / TILE_WIDTH) && had % TILE_WIDTH > 0
    if (holdsOlder && (isFull || isFirst)) await tiles.writeDurably(kind, index, width, bytes)
    else await tiles.write(kind, index, width, bytes)
    const name = `${kind}/${index}`
    if (!isFull) this.#partial.add(name)
    else if (this.#partial.delete(name) || isFirst) await tiles.removePartials(kind, index)
  }

  async #replaceHead(note: string): Promise<void> {
    const { headCell, origin } = this.parts
    if (this.#durableHead === note) return
    if (this.#tried !== null && (await headCell.read(origin)) === this.#tried) this.#head = this.#tried
    this.#tried = note
    await headCell.replace(origin, this.#head, note)
    this.#tried = null
    this.#head = note
    this.#durableHead = note
  }
}

/** The partial tiles of a tree of `size` leaves. */
function rightEdge(size: number): Tile[] {
  const tiles: Tile[] = []
  for (let level = 0; hashesAtLevel(size, level) > 0; level++) {
    const count = hashesAtLevel(size, level)
    const width = count % TILE_WIDTH
    if (width > 0) tiles.push({ level, index: Math.floor(count / TILE_WIDTH), width })
  }
  return tiles
}
