import { Frontier, fullSubtreeRoot, HASH_BYTES, type Hash, hashesAtLevel, sameHash, TILE_WIDTH } from '@tidemark/proof'

/**
 * The hashes of a tree by tile level, as one party tells them: level 1 has the root over every 256 leaves, level 2 over
 * every 65,536, and so on. Of level 0 it has the leaves of the last tile only, when that one is partial.
 *
 * Any of them may be unknown.
 */
export class TreeLevels {
  readonly #levels: Level[] = []

  constructor(readonly size: number) {
    for (let level = 0; hashesAtLevel(size, level) > 0; level++) {
      const first = level === 0 ? Math.floor(size / TILE_WIDTH) * TILE_WIDTH : 0
      const count = hashesAtLevel(size, level) - first
      this.#levels.push({ first, bytes: Buffer.alloc(count * HASH_BYTES), known: new Uint8Array(count) })
    }
  }

  /** How many tile levels the tree has. */
  get height(): number {
    return this.#levels.length
  }

  /** Sets the hashes of a level from `index` on. */
  set(level: number, index: number, hashes: Uint8Array): void {
    const { first, bytes, known } = this.#levels[level] as Level
    bytes.set(hashes, (index - first) * HASH_BYTES)
    known.fill(1, index - first, index - first + hashes.length / HASH_BYTES)
  }

  /** `count` hashes of a level from `index` on; null when one of them is unknown. */
  get(level: number, index: number, count: number): Buffer | null {
    const { first, bytes, known } = this.#levels[level] as Level
    const at = index - first
    if (at < 0 || at + count > known.length || known.subarray(at, at + count).includes(0)) return null
    return bytes.subarray(at * HASH_BYTES, (at + count) * HASH_BYTES)
  }

  /** Fills the levels from 2 up with what follows from level 1. */
  deriveUpper(): void {
    for (let level = 2; level < this.height; level++) {
      for (let index = 0; index < hashesAtLevel(this.size, level); index++) {
        const below = this.get(level - 1, index * TILE_WIDTH, TILE_WIDTH)
        if (below) this.set(level, index, fullSubtreeRoot(below))
      }
    }
  }

  /** The hashes at the right edge of a level, those in a partial tile; null when unknown. Empty where there are none. */
  edge(level: number): Buffer | null {
    const { index, count } = edgeOf(this.size, level)
    return count === 0 ? Buffer.alloc(0) : this.get(level, index, count)
  }
}

type Level = { readonly first: number; readonly bytes: Buffer; readonly known: Uint8Array }

/** Where the partial tile of a level begins, and how many hashes it has. */
export function edgeOf(size: number, level: number): { index: number; count: number } {
  const hashes = hashesAtLevel(size, level)
  return { index: hashes - (hashes % TILE_WIDTH), count: hashes % TILE_WIDTH }
}

/** The root a tree has by the hashes of its partial tiles, the lowest level first. */
export const rootOfEdges = (size: number, edges: readonly Buffer[]): Hash => frontierOf(size, edges).root()

/** The right edge of a tree, ready to grow, by the hashes of its partial tiles, the lowest level first. */
export function frontierOf(size: number, edges: readonly Buffer[]): Frontier {
  const roots: Hash[] = []
  for (const edge of [...edges].reverse()) {
    let at = 0
    for (let count = TILE_WIDTH / 2; count >= 1; count /= 2) {
      if ((edge.length / HASH_BYTES) & count) {
        roots.push(fullSubtreeRoot(edge.subarray(at, at + count * HASH_BYTES)))
        at += count * HASH_BYTES
      }
    }
  }
  return Frontier.fromRoots(size, roots)
}

/** Whether 256 hashes have `root` over them. */
export const hasRoot = (hashes: Buffer | null, root: Hash): hashes is Buffer =>
  hashes !== null && hashes.length === TILE_WIDTH * HASH_BYTES && sameHash(fullSubtreeRoot(hashes), root)
