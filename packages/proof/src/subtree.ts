import { type Hash, hashNode } from './hash.js'

/**
 * Reads the root of one full subtree: the 2^`level` leaves from `index`·2^`level` on. Level 0 is the leaf hashes.
 *
 * Only nodes that lie wholly inside the tree are asked for.
 */
export type NodeReader = (level: number, index: number) => Hash | Promise<Hash>

/** One full subtree; its leaves are `index`·2^`level` … (`index` + 1)·2^`level` − 1. */
export type Subtree = { readonly level: number; readonly index: number }

/** The full subtrees a tree of `size` leaves is made of, left to right, so the largest first. */
export function subtreesOf(size: number): Subtree[] {
  return subtreesOfRange(0, size)
}

/** The root of the leaves `start` … `end` − 1; `start` is a multiple of the largest power of two below their number. */
export async function rangeRoot(start: number, end: number, read: NodeReader): Promise<Hash> {
  const roots = await Promise.all(subtreesOfRange(start, end).map(({ level, index }) => read(level, index)))
  return roots.reduceRight((right, left) => hashNode(left, right))
}

/** The largest power of two smaller than `size` (≥ 2): how many leaves are left of the root. RFC 6962 §2.1 calls it k. */
export function leftSizeOf(size: number): number {
  return 2 ** bitsOf(size - 1) / 2
}

/** Whether both are whole numbers a double holds exactly, with 0 ≤ `index` < `size`. */
export function isLeafOf(index: number, size: number): boolean {
  return Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size
}

function subtreesOfRange(start: number, end: number): Subtree[] {
  const subtrees: Subtree[] = []
  for (let at = start; at < end; ) {
    const level = bitsOf(end - at) - 1
    subtrees.push({ level, index: at / 2 ** level })
    at += 2 ** level
  }
  return subtrees
}

/** How many binary digits a whole number below 2^53 has; 0 has none. */
function bitsOf(value: number): number {
  const high = Math.floor(value / 2 ** 32)
  return high > 0 ? 64 - Math.clz32(high) : 32 - Math.clz32(value)
}
