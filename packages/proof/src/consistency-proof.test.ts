import fc from 'fast-check'
import { expect, test } from 'vitest'
import { consistencyProof, emptyRoot, verifyConsistency } from './index.js'
import { definedRoot, flipBit, leavesOf, readerOf } from './testing/small-tree.js'

const leaves = leavesOf(300)
const rootOf = (size: number) => (size === 0 ? emptyRoot : definedRoot(leaves.slice(0, size)))
const anySizes = fc.tuple(fc.nat(300), fc.nat(300)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
const growing = anySizes.filter(([from, to]) => from > 0 && from < to)

test('any two sizes of one tree are consistent', () =>
  fc.assert(
    fc.asyncProperty(anySizes, async ([from, to]) => {
      const proof = await consistencyProof(from, to, readerOf(leaves))
      expect(verifyConsistency(from, to, rootOf(from), rootOf(to), proof)).toBe(true)
    }),
  ))

test('a flipped bit in either root or in any hash of the proof is refused', () =>
  fc.assert(
    fc.asyncProperty(growing, fc.nat(), async ([from, to], bit) => {
      const proof = await consistencyProof(from, to, readerOf(leaves))
      const [older, newer, ...nodes] = flipBit([rootOf(from), rootOf(to), ...proof], bit)
      expect(verifyConsistency(from, to, older!, newer!, nodes)).toBe(false)
    }),
  ))

test('a tree that differs in one early leaf is not consistent, whatever proof it offers', () =>
  fc.assert(
    fc.asyncProperty(growing, fc.nat(), async ([from, to], pick) => {
      const forged = leaves.map((leaf, i) => (i === pick % from ? leaves[(i + 1) % 300]! : leaf))
      const forgedRoot = definedRoot(forged.slice(0, to))
      const proof = await consistencyProof(from, to, readerOf(forged))
      expect(verifyConsistency(from, to, rootOf(from), forgedRoot, proof)).toBe(false)
    }),
  ))

test('a proof with a hash too many or too few is refused', () =>
  fc.assert(
    fc.asyncProperty(growing, async ([from, to]) => {
      const proof = await consistencyProof(from, to, readerOf(leaves))
      expect(verifyConsistency(from, to, rootOf(from), rootOf(to), proof.slice(1))).toBe(false)
      expect(verifyConsistency(from, to, rootOf(from), rootOf(to), [...proof, leaves[0]!])).toBe(false)
    }),
  ))

test('the empty tree begins every tree, but only with the empty root and an empty proof', () => {
  expect(verifyConsistency(0, 5, emptyRoot, rootOf(5), [])).toBe(true)
  expect(verifyConsistency(0, 5, rootOf(1), rootOf(5), [])).toBe(false)
  expect(verifyConsistency(0, 5, emptyRoot, rootOf(5), [leaves[0]!])).toBe(false)
})

test('a tree cannot shrink', async () => {
  expect(verifyConsistency(5, 4, rootOf(5), rootOf(4), [])).toBe(false)
  await expect(consistencyProof(5, 4, readerOf(leaves))).rejects.toThrow(RangeError)
})
