import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  consistencyProof,
  fullSubtreeRoot,
  hashLeaf,
  inclusionProof,
  nodesFromTiles,
  rootFromInclusion,
  type Tile,
  verifyConsistency,
} from './index.js'
import { definedRoot, leavesOf } from './testing/small-tree.js'

const SIZE = 70_000
const leaves = Array.from({ length: SIZE }, (_, i) => hashLeaf(Uint8Array.of(i >>> 16, i >>> 8, i)))
/** All hashes of each tile level, as the standard defines them. */
const levels = [leaves, everyFullRoot(leaves), everyFullRoot(everyFullRoot(leaves))]
const root = definedRoot(leaves)
const readTile = ({ level, index, width }: Tile) =>
  Buffer.concat(levels[level]!.slice(index * 256, index * 256 + width))

test('proofs read from the tiles of three levels hold', () =>
  fc.assert(
    fc.asyncProperty(fc.nat(SIZE - 1), fc.nat(SIZE), async (index, from) => {
      const read = nodesFromTiles(SIZE, readTile)
      const proof = await inclusionProof(index, SIZE, read)
      expect(rootFromInclusion(leaves[index]!, index, SIZE, proof)).toEqual(root)
      if (from === 0) return
      const older = definedRoot(leaves.slice(0, from))
      expect(verifyConsistency(from, SIZE, older, root, await consistencyProof(from, SIZE, read))).toBe(true)
    }),
    { numRuns: 10 },
  ))

test('each tile is read once, however many nodes are wanted', async () => {
  const asked: string[] = []
  const read = nodesFromTiles(SIZE, (tile) => {
    asked.push(`${tile.level}/${tile.index}`)
    return readTile(tile)
  })
  await Promise.all([inclusionProof(69_999, SIZE, read), inclusionProof(69_998, SIZE, read)])
  expect(new Set(asked).size).toBe(asked.length)
})

test('a tile that is too short is refused, not read past its end', async () => {
  const read = nodesFromTiles(1000, (tile) => new Uint8Array(tile.width * 32 - 1))
  await expect(inclusionProof(5, 1000, read)).rejects.toThrow(RangeError)
})

test('the root over a full tile is the one the standard defines', () => {
  const some = leavesOf(256)
  expect(fullSubtreeRoot(Buffer.concat(some))).toEqual(definedRoot(some))
  expect(fullSubtreeRoot(Buffer.concat(some.slice(0, 1)))).toEqual(some[0])
  for (const count of [0, 3, 255, 512]) expect(() => fullSubtreeRoot(new Uint8Array(count * 32))).toThrow(RangeError)
})

function everyFullRoot(hashes: readonly Uint8Array[]): Uint8Array[] {
  return Array.from({ length: Math.floor(hashes.length / 256) }, (_, i) =>
    fullSubtreeRoot(Buffer.concat(hashes.slice(i * 256, i * 256 + 256))),
  )
}
