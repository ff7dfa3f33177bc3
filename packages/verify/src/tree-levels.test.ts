import { Frontier, hashLeaf } from '@tidemark/proof'
import { expect, test } from 'vitest'
import { rootOfEdges, TreeLevels } from './tree-levels.js'

const leafHashes = Array.from({ length: 70_000 }, (_, i) => hashLeaf(Buffer.from(`${i}`)))

test.each([1, 255, 256, 257, 511, 65_535, 65_536, 65_537, 70_000])(
  'the root of %d leaves follows from its edges',
  (size) => {
    const levels = new TreeLevels(size)
    const frontier = new Frontier()
    let tile = new Frontier()
    for (let i = 0; i < size; i++) {
      frontier.append(leafHashes[i]!)
      tile.append(leafHashes[i]!)
      if (tile.size === 256) {
        levels.set(1, Math.floor(i / 256), tile.root())
        tile = new Frontier()
      }
    }
    const edge = Math.floor(size / 256) * 256
    if (edge < size) levels.set(0, edge, Buffer.concat(leafHashes.slice(edge, size)))
    levels.deriveUpper()
    const edges = Array.from({ length: levels.height }, (_, level) => levels.edge(level)!)
    expect(rootOfEdges(size, edges)).toEqual(frontier.root())
  },
)

test('an unknown hash leaves what follows from it unknown', () => {
  const levels = new TreeLevels(256 * 256 * 2)
  levels.set(1, 0, Buffer.alloc(256 * 32))
  levels.set(1, 256, Buffer.alloc(255 * 32))
  levels.deriveUpper()
  expect(levels.get(2, 0, 1)).not.toBeNull()
  expect(levels.get(2, 1, 1)).toBeNull()
  expect(levels.get(1, 510, 2)).toBeNull()
})
