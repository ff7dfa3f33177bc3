import { emptyRoot, HASH_BYTES, type Hash, hashNode, hashNodeInto } from './hash.js'
import { type NodeReader, subtreesOf } from './subtree.js'

/**
 * The right edge of a growing tree: enough to append leaves and to know the root, in O(log n) memory.
 *
 * It holds the roots of the full subtrees the tree is made of, one per binary digit of its size.
 * Source: RFC 9162 §2.1.2 (the stack algorithm).
 */
export class Frontier {
  #size = 0
  /** The root of the full subtree of level L stands at 64·L; the right half of each place is room for its sibling. */
  #roots = new Uint8Array(LEVELS * PLACE_BYTES)

  /** A frontier from its subtree roots, left to right as `roots()` gives them. RangeError when their number is wrong. */
  static fromRoots(size: number, subtreeRoots: readonly Hash[]): Frontier {
    const subtrees = subtreesOf(size)
    if (!Number.isSafeInteger(size) || size < 0 || subtrees.length !== subtreeRoots.length) {
      throw new RangeError(`a tree of ${size} leaves is not made of ${subtreeRoots.length} full subtrees`)
    }
    const frontier = new Frontier()
    frontier.#size = size
    for (const [i, { level }] of subtrees.entries()) frontier.#roots.set(subtreeRoots[i]!, level * PLACE_BYTES)
    return frontier
  }

  /** A frontier of the tree of `size` leaves whose nodes `read` knows. */
  static async read(size: number, read: NodeReader): Promise<Frontier> {
    return Frontier.fromRoots(size, await Promise.all(subtreesOf(size).map(({ level, index }) => read(level, index))))
  }

  /** How many leaves the tree has. */
  get size(): number {
    return this.#size
  }

  /** Adds one leaf at the right. */
  append(leafHash: Hash): void {
    const roots = this.#roots
    let level = 0
    let left = this.#size
    let place = left % 2 === 0 ? 0 : HASH_BYTES
    for (let i = 0; i < HASH_BYTES; i++) roots[place + i] = leafHash[i] as number
    while (left % 2 === 1) {
      left = (left - 1) / 2
      level++
      place = level * PLACE_BYTES + (left % 2 === 0 ? 0 : HASH_BYTES)
      hashNodeInto(roots, (level - 1) * PLACE_BYTES, roots, place)
    }
    this.#size++
  }

  /** The root hash of the tree as it stands. */
  root(): Hash {
    return this.#size === 0 ? emptyRoot : this.roots().reduceRight((right, left) => hashNode(left, right))
  }

  /** The roots of the full subtrees, left to right: with `size`, all it takes to go on. */
  roots(): Hash[] {
    return subtreesOf(this.#size).map(({ level }) =>
      this.#roots.slice(level * PLACE_BYTES, level * PLACE_BYTES + HASH_BYTES),
    )
  }

  /** A copy that grows on its own. */
  clone(): Frontier {
    const copy = new Frontier()
    copy.#size = this.#size
    copy.#roots.set(this.#roots)
    return copy
  }
}

/** A size below 2^53 has at most 53 binary digits. */
const LEVELS = 54
const PLACE_BYTES = 2 * HASH_BYTES
