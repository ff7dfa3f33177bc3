import { expect, test } from 'vitest'
import { SequenceRuns } from './sequence-runs.js'

function judged(numbers: readonly number[]) {
  const runs = new SequenceRuns()
  for (const number of numbers) runs.add('"api"', number)
  return runs.judge()[0]
}

test('numbers that follow each other leave no gap, in whatever order they came', () => {
  expect(judged([3, 4, 5])).toEqual({ source: 'api', lowest: 3, highest: 5, gaps: [], repeated: 0 })
  expect(judged([5, 3, 4])).toMatchObject({ gaps: [], repeated: 0 })
})

test('each missing stretch is listed', () => {
  expect(judged([1, 2, 5, 6, 8])).toMatchObject({
    gaps: [
      [3, 4],
      [7, 7],
    ],
    repeated: 0,
  })
})

test('numbers that came again are counted', () => {
  expect(judged([1, 2, 3, 2, 3, 4])).toMatchObject({ gaps: [], repeated: 2, highest: 4 })
})

test('parts of a log put together judge like the whole', () => {
  const [whole, first, second] = [new SequenceRuns(), new SequenceRuns(), new SequenceRuns()]
  for (const number of [1, 2, 3]) first.add('"a"', number)
  for (const number of [4, 6]) second.add('"a"', number)
  second.add('"b"', 9)
  whole.append(first.data())
  whole.append(second.data())
  expect(whole.data()).toEqual([
    ['"a"', [1, 5, 6, 7]],
    ['"b"', [9, 10]],
  ])
})
