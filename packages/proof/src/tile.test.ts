import fc from 'fast-check'
import { expect, test } from 'vitest'
import { entriesPath, parseTilePath, tilePath, tilesBetween, tileWidth } from './index.js'
import { readVectors } from './testing/vectors.js'

type TileVectors = {
  good: { path: string; level: number | 'entries'; index: number; width: number }[]
  bad: string[]
  tiles: { size: number; paths: string[] }[]
}

const vectors = readVectors<TileVectors>('tree/tile-paths.json')

test.each(vectors.good)('$path is read and written', ({ path, level, index, width }) => {
  expect(parseTilePath(path)).toEqual({ level, index, width })
  expect(level === 'entries' ? entriesPath(index, width) : tilePath(level, index, width)).toBe(path)
})

test.each(vectors.bad)('%j is not a tile path', (path) => {
  expect(parseTilePath(path)).toBeNull()
})

test.each(vectors.tiles)('a tree of $size leaves has these tiles', ({ size, paths }) => {
  expect([...tilesBetween(0, size)].map((tile) => tilePath(tile.level, tile.index, tile.width))).toEqual(paths)
})

test('a tree of 70,000 leaves has the tiles the standard counts', () => {
  const tiles = [...tilesBetween(0, 70_000)]
  const count = (level: number, full: boolean) =>
    tiles.filter((tile) => tile.level === level && (tile.width === 256) === full).length
  expect([count(0, true), count(0, false), count(1, true), count(1, false), count(2, false)]).toEqual([273, 1, 1, 1, 1])
  expect([tileWidth(70_000, 0, 273), tileWidth(70_000, 1, 1), tileWidth(70_000, 2, 0)]).toEqual([112, 17, 1])
})

test('the tiles written while a tree grows are in the end those of the whole tree', () =>
  fc.assert(
    fc.property(fc.array(fc.nat(2000), { maxLength: 8 }), (steps) => {
      const written = new Map<string, number>()
      let size = 0
      for (const step of steps) {
        for (const tile of tilesBetween(size, size + step)) written.set(`${tile.level}/${tile.index}`, tile.width)
        size += step
      }
      const whole = [...tilesBetween(0, size)].map((tile) => [`${tile.level}/${tile.index}`, tile.width] as const)
      expect(written).toEqual(new Map(whole))
    }),
  ))
