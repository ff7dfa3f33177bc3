import { dirname, join } from 'node:path'
import { decodeBundle, entriesPath, HASH_BYTES, TILE_WIDTH, tilePath } from '@tidemark/proof'
import { readIfThere, writeAtomically, writeDurably } from './durable-file.js'
import type { FileSystem } from './file-system.js'
import { LedgerError } from './ledger-error.js'
import type { LogFiles } from './log-files.js'

/** A tile level, or the entry bundles, which are numbered like the tiles of level 0. */
export type TileKind = number | 'entries'

/** The tile and bundle files of one log, in the layout of C2SP tlog-tiles. */
export class TileFiles {
  /** Full tiles read lately, newest last. They never change. */
  readonly #recent = new Map<string, Buffer>()
  /** Directories known to be there. */
  readonly #made = new Set<string>()

  constructor(
    readonly fs: FileSystem,
    readonly files: LogFiles,
  ) {}

  /** The 256 hashes of a full tile. Refused: `corrupt`, when it is missing or short. */
  async hashes(level: number, index: number): Promise<Buffer> {
    const bytes = await this.#full(level, index)
    if (bytes?.length === TILE_WIDTH * HASH_BYTES) return bytes
    throw lost(this.pathOf(level, index, TILE_WIDTH))
  }

  /** The 256 entries of a full bundle. Refused: `corrupt`, when it is missing or damaged. */
  async entries(index: number): Promise<Uint8Array[]> {
    const bytes = await this.#full('entries', index)
    const entries = bytes && entriesOf(bytes)
    if (entries?.length === TILE_WIDTH) return entries
    throw lost(this.pathOf('entries', index, TILE_WIDTH))
  }

  /** The file of a tile; null when there is none. */
  read(kind: TileKind, index: number, width: number): Promise<Buffer | null> {
    return readIfThere(this.fs, this.pathOf(kind, index, width))
  }

  /** Puts a tile in place in one step. It is not synced: until a WAL is removed it can be made again from that. */
  async write(kind: TileKind, index: number, width: number, bytes: Uint8Array): Promise<void> {
    const path = this.pathOf(kind, index, width)
    await this.#makeDirectory(dirname(path))
    await writeAtomically(this.fs, path, bytes, false)
  }

  /** Puts a tile in place so that it survives a power cut. */
  async writeDurably(kind: TileKind, index: number, width: number, bytes: Uint8Array): Promise<void> {
    const path = this.pathOf(kind, index, width)
    await this.#makeDirectory(dirname(path))
    await writeDurably(this.fs, path, bytes)
  }

  /** The widths of the partial tiles stored for a tile, ascending. */
  async partialWidths(kind: TileKind, index: number): Promise<number[]> {
    const names = await this.fs.readdir(dirname(this.pathOf(kind, index, 1)))
    return names
      .map(Number)
      .filter((width) => width > 0 && width < TILE_WIDTH)
      .sort((a, b) => a - b)
  }

  /** Removes the partial tiles of a tile that is full now. */
  async removePartials(kind: TileKind, index: number): Promise<void> {
    const directory = dirname(this.pathOf(kind, index, 1))
    for (const name of await this.fs.readdir(directory)) await this.fs.unlink(join(directory, name))
    this.#made.delete(directory)
    await this.fs.rmdir(directory)
  }

  pathOf(kind: TileKind, index: number, width: number): string {
    return this.files.path(kind === 'entries' ? entriesPath(index, width) : tilePath(kind, index, width))
  }

  async #full(kind: TileKind, index: number): Promise<Buffer | null> {
    const name = `${kind}/${index}`
    const known = this.#recent.get(name)
    const bytes = known ?? (await this.read(kind, index, TILE_WIDTH))
    if (!bytes) return null
    this.#recent.delete(name)
    this.#recent.set(name, bytes)
    if (this.#recent.size > RECENT_TILES) this.#recent.delete(this.#recent.keys().next().value!)
    return bytes
  }

  async #makeDirectory(path: string): Promise<void> {
    if (this.#made.has(path)) return
    await this.fs.mkdir(path)
    if (this.#made.size > KNOWN_DIRECTORIES) this.#made.clear()
    this.#made.add(path)
  }
}

/** The entries of a bundle; null when it is damaged. */
export function entriesOf(bundle: Uint8Array): Uint8Array[] | null {
  try {
    return decodeBundle(bundle)
  } catch {
    return null
  }
}

/** Some 4 MB at most. */
const RECENT_TILES = 256
const KNOWN_DIRECTORIES = 1_000

const lost = (path: string) =>
  new LedgerError('corrupt', `${path} is missing or damaged.`, {
    file: path,
    advice:
      'Run `tidemark verify` on the data directory to see what is affected, and restore the file from a backup: tiles and ' +
      'bundles never change once they are full, so any backup that has them will do.',
  })
