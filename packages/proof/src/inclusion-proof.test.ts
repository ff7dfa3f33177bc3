import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Frontier, hashLeaf, inclusionProof, rootFromInclusion } from './index.js'
import { flipBit, leavesOf, readerOf } from './testing/small-tree.js'

/** Sizes around powers of two and in between; proofs for all of them at once would only be slower. */
const anySize = fc.integer({ min: 1, max: 300 })

test('every leaf of every tree proves its inclusion', () =>
  fc.assert(
    fc.asyncProperty(anySize, fc.nat(), async (size, pick) => {
      const index = pick % size
      const leaves = leavesOf(size)
      const proof = await inclusionProof(index, size, readerOf(leaves))
      expect(rootFromInclusion(leaves[index]!, index, size, proof)).toEqual(rootOf(leaves))
    }),
  ))

test('a flipped bit in the leaf or in any hash of the proof leads to another root', () =>
  fc.assert(
    fc.asyncProperty(anySize, fc.nat(), fc.nat(), async (size, pick, bit) => {
      const index = pick % size
      const leaves = leavesOf(size)
      const proof = await inclusionProof(index, size, readerOf(leaves))
      const flipped = flipBit([leaves[index]!, ...proof], bit)
      expect(rootFromInclusion(flipped[0]!, index, size, flipped.slice(1))).not.toEqual(rootOf(leaves))
    }),
  ))

test('a proof fits no other index of the same tree', () =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(), async (size, pick, other) => {
      const index = pick % size
      const wrong = (index + 1 + (other % (size - 1))) % size
      const leaves = leavesOf(size)
      const proof = await inclusionProof(index, size, readerOf(leaves))
      expect(rootFromInclusion(leaves[index]!, wrong, size, proof)).not.toEqual(rootOf(leaves))
    }),
  ))

test('a proof with a hash too many or too few fits nothing', () =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 300 }), fc.nat(), async (size, pick) => {
      const index = pick % size
      const leaves = leavesOf(size)
      const proof = await inclusionProof(index, size, readerOf(leaves))
      expect(rootFromInclusion(leaves[index]!, index, size, proof.slice(1))).toBeNull()
      expect(rootFromInclusion(leaves[index]!, index, size, [...proof, leaves[0]!])).toBeNull()
    }),
  ))

test.each([
  [0, 0],
  [1, 1],
  [-1, 5],
  [5, 5],
  [0.5, 5],
  [0, 2 ** 60],
])('leaf %d of a tree of %d leaves does not exist', async (index, size) => {
  expect(rootFromInclusion(hashLeaf(new Uint8Array(0)), index, size, [])).toBeNull()
  await expect(inclusionProof(index, size, readerOf(leavesOf(8)))).rejects.toThrow(RangeError)
})

test('sizes beyond 32 bits are walked exactly', async () => {
  const size = 2 ** 40 + 1
  const read = (level: number, index: number) => hashLeaf(new TextEncoder().encode(`${level}/${index}`))
  const proof = await inclusionProof(2 ** 40, size, read)
  expect(proof).toEqual([read(40, 0)])
  expect(rootFromInclusion(read(0, 2 ** 40), 2 ** 40, size, proof)).toEqual((await Frontier.read(size, read)).root())
})

function rootOf(leaves: readonly Uint8Array[]) {
  const frontier = new Frontier()
  for (const leaf of leaves) frontier.append(leaf)
  return frontier.root()
}
