import fc from 'fast-check'
import { expect, test } from 'vitest'
import { consistencyProof } from './consistency-proof.js'
import * as browser from './crypto-browser.js'
import * as node from './crypto-node.js'
import { inclusionProof } from './inclusion-proof.js'
import { emptyRoot, Frontier, hashLeaf, hashNode, sha256 } from './index.js'
import { readerOf } from './testing/small-tree.js'
import { fromHex, readVectors, toHex } from './testing/vectors.js'

type TreeVectors = {
  leaves: string[]
  roots: string[]
  inclusion: { index: number; size: number; proof: string[] }[]
  consistency: { from: number; to: number; proof: string[] }[]
}

const vectors = readVectors<TreeVectors>('tree/rfc6962.json')
const read = readerOf(vectors.leaves.map((leaf) => hashLeaf(fromHex(leaf))))

test('SHA-256 gives the digests of FIPS 180-4', () => {
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  expect(toHex(sha256(new TextEncoder().encode('abc')))).toBe(abc)
  expect(toHex(emptyRoot)).toBe(vectors.roots[0])
})

test('the roots of the Certificate Transparency reference tree come out', () => {
  const frontier = new Frontier()
  for (const [i, leaf] of vectors.leaves.entries()) {
    frontier.append(hashLeaf(fromHex(leaf)))
    expect(toHex(frontier.root())).toBe(vectors.roots[i + 1])
  }
})

test.each(vectors.inclusion)('the reference inclusion proof of leaf $index in $size comes out', async (vector) => {
  expect((await inclusionProof(vector.index, vector.size, read)).map(toHex)).toEqual(vector.proof)
})

test.each(vectors.consistency)('the reference consistency proof from $from to $to comes out', async (vector) => {
  expect((await consistencyProof(vector.from, vector.to, read)).map(toHex)).toEqual(vector.proof)
})

test('a leaf is never hashed like a node', () => {
  const [left, right] = [sha256(Uint8Array.of(1)), sha256(Uint8Array.of(2))]
  expect(hashLeaf(Uint8Array.of(...left, ...right))).not.toEqual(hashNode(left, right))
})

test('entries of any length hash as 0x00 followed by the entry, the largest of a bundle and beyond too', () => {
  for (const length of [0, 1, 100, 65_534, 65_535, 65_536, 200_000]) {
    const entry = new Uint8Array(length).fill(7)
    expect(hashLeaf(entry)).toEqual(sha256(Uint8Array.from([0, ...entry])))
  }
})

test('the browser and Node hash and sign alike', () =>
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array({ maxLength: 300 }), (seed, message) => {
      const [a, b] = [new Uint8Array(40), new Uint8Array(40)]
      node.sha256Into(message, a, 5)
      browser.sha256Into(message, b, 5)
      expect(a).toEqual(b)
      const signature = node.ed25519Sign(seed, message)
      expect(browser.ed25519Sign(seed, message)).toEqual(signature)
      const publicKey = browser.ed25519PublicKey(seed)
      expect(node.ed25519PublicKey(seed)).toEqual(publicKey)
      expect(node.ed25519Verify(publicKey, message, signature)).toBe(true)
      expect(browser.ed25519Verify(publicKey, message, signature)).toBe(true)
    }),
    { numRuns: 30 },
  ))

test('the browser and Node refuse the same signatures', () =>
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(8 * 64 - 1), (seed, bit) => {
      const message = Uint8Array.of(1, 2, 3)
      const signature = node.ed25519Sign(seed, message)
      signature[bit >>> 3]! ^= 1 << (bit & 7)
      const publicKey = node.ed25519PublicKey(seed)
      for (const crypto of [node, browser]) {
        expect(crypto.ed25519Verify(publicKey, message, signature)).toBe(false)
        expect(crypto.ed25519Verify(publicKey, message, signature.subarray(1))).toBe(false)
        expect(crypto.ed25519Verify(publicKey.subarray(1), message, signature)).toBe(false)
      }
    }),
    { numRuns: 30 },
  ))
