import { emptyRoot, type Hash, hashNode, sameHash } from './hash.js'
import { leftSizeOf, type NodeReader, rangeRoot } from './subtree.js'

/**
 * The nodes that show the tree of `from` leaves to be the beginning of the tree of `to` leaves.
 *
 * Empty when `from` is 0 or `to`. Throws a RangeError when `from` > `to`. Source: RFC 9162 §2.1.4.1.
 */
export async function consistencyProof(from: number, to: number, read: NodeReader): Promise<Hash[]> {
  if (!isPrefixSize(from, to)) throw new RangeError(`a tree of ${to} leaves does not begin with ${from}`)
  if (from === 0 || from === to) return []
  const nodes: Promise<Hash>[] = []
  let start = 0
  let end = to
  while (end !== from) {
    const middle = start + leftSizeOf(end - start)
    if (from <= middle) {
      nodes.push(rangeRoot(middle, end, read))
      end = middle
    } else {
      nodes.push(rangeRoot(start, middle, read))
      start = middle
    }
  }
  if (start > 0) nodes.push(rangeRoot(start, end, read))
  return Promise.all(nodes.reverse())
}

/**
 * Whether `proof` shows the tree `from`/`rootFrom` to be the beginning of the tree `to`/`rootTo`.
 *
 * The empty tree begins every tree (with an empty proof), provided its root is the empty root. Source: RFC 9162 §2.1.4.2.
 */
export function verifyConsistency(
  from: number,
  to: number,
  rootFrom: Hash,
  rootTo: Hash,
  proof: readonly Hash[],
): boolean {
  if (!isPrefixSize(from, to)) return false
  if (from === to) return proof.length === 0 && sameHash(rootFrom, rootTo)
  if (from === 0) return proof.length === 0 && sameHash(rootFrom, emptyRoot)
  const roots = rootsFromConsistency(from, to, rootFrom, proof)
  return roots !== null && sameHash(roots.from, rootFrom) && sameHash(roots.to, rootTo)
}

/** Climbs from the last full subtree of the older tree to both roots at once; null when the proof does not fit. */
function rootsFromConsistency(from: number, to: number, rootFrom: Hash, proof: readonly Hash[]) {
  let node = from - 1
  let last = to - 1
  while (node % 2 === 1) {
    node = (node - 1) / 2
    last = Math.floor(last / 2)
  }
  const [first, ...rest] = node === 0 ? [rootFrom, ...proof] : proof
  if (!first) return null
  let older = first
  let newer = first
  for (const sibling of rest) {
    if (last === 0) return null
    if (node % 2 === 1 || node === last) {
      older = hashNode(sibling, older)
      newer = hashNode(sibling, newer)
      while (node % 2 === 0 && node !== 0) {
        node /= 2
        last = Math.floor(last / 2)
      }
    } else {
      newer = hashNode(newer, sibling)
    }
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? { from: older, to: newer } : null
}

function isPrefixSize(from: number, to: number): boolean {
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && from <= to
}
