import { type Hash, hashLeaf, hashNode } from '../hash.js'
import type { NodeReader } from '../subtree.js'

/** The leaf hashes of `size` made-up entries, the same ones every time. */
export function leavesOf(size: number): Hash[] {
  return Array.from({ length: size }, (_, i) => hashLeaf(new TextEncoder().encode(`entry ${i}`)))
}

/** Every full subtree over `leaves`, hashed from the leaves each time: slow, and too simple to be wrong. */
export function readerOf(leaves: readonly Hash[]): NodeReader {
  const node = (level: number, index: number): Hash => {
    if (level > 0) return hashNode(node(level - 1, index * 2), node(level - 1, index * 2 + 1))
    const leaf = leaves[index]
    if (!leaf) throw new RangeError(`the tree has no leaf ${index}`)
    return leaf
  }
  return node
}

/** RFC 6962 §2.1 as it is written, for comparison. */
export function definedRoot(leaves: readonly Hash[]): Hash {
  if (leaves.length === 1) return leaves[0]!
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return hashNode(definedRoot(leaves.slice(0, k)), definedRoot(leaves.slice(k)))
}

/** The same hashes with one bit of one of them turned. */
export function flipBit(hashes: readonly Hash[], bit: number): Hash[] {
  const at = bit % (hashes.length * 256)
  return hashes.map((hash, i) => {
    if (i !== Math.floor(at / 256)) return hash
    const copy = hash.slice()
    copy[Math.floor((at % 256) / 8)]! ^= 1 << (at % 8)
    return copy
  })
}
