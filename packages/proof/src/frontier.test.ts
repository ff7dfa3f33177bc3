import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyRoot, Frontier } from './index.js'
import { definedRoot, leavesOf, readerOf } from './testing/small-tree.js'

const leaves = leavesOf(600)

test('the root after each leaf is the one the standard defines', () => {
  const frontier = new Frontier()
  expect(frontier.root()).toEqual(emptyRoot)
  for (const [i, leaf] of leaves.entries()) {
    frontier.append(leaf)
    expect(frontier.size).toBe(i + 1)
    if (i < 70 || i % 37 === 0) expect(frontier.root()).toEqual(definedRoot(leaves.slice(0, i + 1)))
  }
})

test('a frontier taken up again at any size goes on as if it had never stopped', () =>
  fc.assert(
    fc.asyncProperty(fc.nat(300), fc.nat(300), async (before, after) => {
      const whole = grown(before + after)
      const saved = grown(before)
      const restored = Frontier.fromRoots(saved.size, saved.roots())
      const read = await Frontier.read(before, readerOf(leaves))
      for (const leaf of leaves.slice(before, before + after)) {
        restored.append(leaf)
        read.append(leaf)
      }
      expect(restored.root()).toEqual(whole.root())
      expect(read.root()).toEqual(whole.root())
    }),
  ))

test('a clone grows apart from its original', () => {
  const original = grown(5)
  const clone = original.clone()
  clone.append(leaves[5]!)
  expect(original.root()).toEqual(grown(5).root())
  expect(clone.root()).toEqual(grown(6).root())
})

test('a number of subtree roots that does not fit the size is refused', () => {
  expect(() => Frontier.fromRoots(3, [leaves[0]!])).toThrow(RangeError)
  expect(() => Frontier.fromRoots(-1, [])).toThrow(RangeError)
})

function grown(size: number): Frontier {
  const frontier = new Frontier()
  for (const leaf of leaves.slice(0, size)) frontier.append(leaf)
  return frontier
}
