import { sha256Into } from '#crypto'

export { sha256Into }

/** A SHA-256 digest: 32 bytes. Never changed once made. */
export type Hash = Uint8Array

export const HASH_BYTES = 32

/** SHA-256 (FIPS 180-4). */
export function sha256(bytes: Uint8Array): Hash {
  const digest = new Uint8Array(HASH_BYTES)
  sha256Into(bytes, digest, 0)
  return digest
}

/** The root of the tree without leaves: SHA-256 of nothing. Source: RFC 6962 §2.1. */
export const emptyRoot: Hash = sha256(new Uint8Array(0))

/** The hash of one log entry as a leaf: SHA-256(0x00 ‖ entry). Source: RFC 6962 §2.1. */
export function hashLeaf(entry: Uint8Array): Hash {
  const digest = new Uint8Array(HASH_BYTES)
  hashLeafInto(entry, digest, 0)
  return digest
}

/** `hashLeaf` for loops: the digest goes to `out` at `offset` and nothing is allocated for entries a bundle can hold. */
export function hashLeafInto(entry: Uint8Array, out: Uint8Array, offset: number): void {
  const end = 1 + entry.length
  const input = end <= leafInput.length ? leafInput : new Uint8Array(end)
  input.set(entry, 1)
  sha256Into(input.length === end ? input : input.subarray(0, end), out, offset)
}

/** The hash of two neighbouring subtrees: SHA-256(0x01 ‖ left ‖ right). Source: RFC 6962 §2.1. */
export function hashNode(left: Hash, right: Hash): Hash {
  const digest = new Uint8Array(HASH_BYTES)
  nodeInput.set(left, 1)
  nodeInput.set(right, 1 + HASH_BYTES)
  sha256Into(nodeInput, digest, 0)
  return digest
}

/**
 * `hashNode` for loops: the two children lie side by side in `children` at `childrenOffset` (64 bytes), the parent goes
 * to `out` at `offset`. The two arrays may be the same one.
 */
export function hashNodeInto(children: Uint8Array, childrenOffset: number, out: Uint8Array, offset: number): void {
  for (let i = 0; i < 2 * HASH_BYTES; i++) nodeInput[1 + i] = children[childrenOffset + i] as number
  sha256Into(nodeInput, out, offset)
}

/** Whether two hashes are the same. Hashes here are public, so this need not take constant time. */
export function sameHash(a: Hash, b: Hash): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** The largest entry of a bundle is 65,535 bytes; the prefix byte stays 0x00. */
const leafInput = new Uint8Array(1 + 65_535)
const nodeInput = new Uint8Array(1 + 2 * HASH_BYTES)
nodeInput[0] = 0x01
