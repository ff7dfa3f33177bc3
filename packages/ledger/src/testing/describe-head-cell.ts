import { describe, expect, test } from 'vitest'
import type { HeadCell } from '../head-cell.js'

/** The contract of a head cell. `open` gives a cell over the same storage every time within one test. */
export function describeHeadCell(name: string, storage: () => () => HeadCell): void {
  describe(`head cell: ${name}`, () => {
    test('knows nothing at first', async () => {
      expect(await storage()().read('a/t/x')).toBeNull()
    })

    test('gives back the last value, also to another instance', async () => {
      const open = storage()
      await open().replace('a/t/x', null, 'one\n')
      await open().replace('a/t/x', 'one\n', 'two\n')
      expect(await open().read('a/t/x')).toBe('two\n')
    })

    test('keeps origins apart, however alike their names are', async () => {
      const cell = storage()()
      const origins = ['a/t/x', 'a/t/x/_audit', 'a%2Ft%2Fx', 'ä/t/x', '..', 'a/t/x.lock']
      for (const origin of origins) await cell.replace(origin, null, origin)
      for (const origin of origins) expect(await cell.read(origin)).toBe(origin)
    })

    test.each([
      { previous: null, held: 'one' },
      { previous: 'zero', held: 'one' },
      { previous: 'zero', held: null },
    ])('refuses to replace $held by someone who expects $previous', async ({ previous, held }) => {
      const cell = storage()()
      if (held) await cell.replace('a/t/x', null, held)
      await expect(cell.replace('a/t/x', previous, 'next')).rejects.toMatchObject({ code: 'head_conflict' })
      expect(await cell.read('a/t/x')).toBe(held)
    })

    test('lets exactly one of several who want to go on from the same value succeed', async () => {
      const open = storage()
      const cells = [open(), open(), open()]
      const answers = await Promise.allSettled(cells.map((cell, i) => cell.replace('a/t/x', null, `by ${i}`)))
      const winners = answers.flatMap(({ status }, i) => (status === 'fulfilled' ? [`by ${i}`] : []))
      expect(winners).toEqual([await open().read('a/t/x')])
    })
  })
}
