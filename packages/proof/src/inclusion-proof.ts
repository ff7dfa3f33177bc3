import { type Hash, hashNode } from './hash.js'
import { isLeafOf, leftSizeOf, type NodeReader, rangeRoot } from './subtree.js'

/**
 * The siblings on the way from leaf `index` to the root of the tree of `size` leaves, nearest the leaf first.
 *
 * Throws a RangeError when the tree has no such leaf; passes on what `read` throws. Source: RFC 9162 §2.1.3.1.
 */
export async function inclusionProof(index: number, size: number, read: NodeReader): Promise<Hash[]> {
  if (!isLeafOf(index, size)) throw new RangeError(`a tree of ${size} leaves has no leaf ${index}`)
  const siblings: Promise<Hash>[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + leftSizeOf(end - start)
    if (index < middle) {
      siblings.push(rangeRoot(middle, end, read))
      end = middle
    } else {
      siblings.push(rangeRoot(start, middle, read))
      start = middle
    }
  }
  return Promise.all(siblings.reverse())
}

/**
 * Climbs from a leaf to the root its inclusion proof claims; null when the proof does not fit the tree.
 *
 * `proof` has one sibling per step, nearest the leaf first. `size` is from a checkpoint already verified.
 * Source: RFC 9162 §2.1.3.2.
 */
export function rootFromInclusion(leaf: Hash, index: number, size: number, proof: readonly Hash[]): Hash | null {
  if (!isLeafOf(index, size)) return null
  let node = index
  let last = size - 1
  let root = leaf
  for (const sibling of proof) {
    if (last === 0) return null
    if (node % 2 === 1 || node === last) {
      root = hashNode(sibling, root)
      while (node % 2 === 0 && node !== 0) {
        node /= 2
        last = Math.floor(last / 2)
      }
    } else {
      root = hashNode(root, sibling)
    }
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? root : null
}
