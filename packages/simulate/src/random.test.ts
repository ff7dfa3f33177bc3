import { expect, test } from 'vitest'
import { Random } from './random.js'

test('the same seed gives the same stream', () => {
  const draw = (seed: string) => {
    const random = new Random(seed)
    return Array.from({ length: 50 }, () => random.word())
  }
  expect(draw('a')).toEqual(draw('a'))
  expect(draw('a')).not.toEqual(draw('b'))
})

test('a fork does not disturb the stream it came from', () => {
  const left = new Random('seed')
  const right = new Random('seed')
  left.fork('other').word()
  expect(left.word()).toBe(right.word())
})

test('numbers below six are all drawn about equally often', () => {
  const random = new Random('dice')
  const counts = [0, 0, 0, 0, 0, 0]
  for (let draw = 0; draw < 60_000; draw++) counts[random.below(6)]! += 1
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400)
})

test('hex digits have their full width', () => {
  const random = new Random('hex')
  for (let draw = 0; draw < 1_000; draw++) expect(random.hex16()).toMatch(/^[0-9a-f]{16}$/)
})

test('a heavier item is drawn more often, in proportion', () => {
  const random = new Random('weights')
  const items = [
    { name: 'rare', weight: 1 },
    { name: 'common', weight: 9 },
  ]
  let common = 0
  for (let draw = 0; draw < 10_000; draw++) if (random.weighted(items).name === 'common') common += 1
  expect(common).toBeGreaterThan(8_800)
  expect(common).toBeLessThan(9_200)
})

test('a shuffle keeps every item', () => {
  const items = Array.from({ length: 100 }, (_, index) => index)
  const shuffled = new Random('cards').shuffled(items)
  expect(shuffled).not.toEqual(items)
  expect([...shuffled].sort((left, right) => left - right)).toEqual(items)
})
