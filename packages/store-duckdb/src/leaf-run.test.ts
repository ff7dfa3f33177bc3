import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LeafRun } from './leaf-run.js'

const commit = '{"commit":{"count":2,"crc32":7,"size":2}}\n'
const control = (index: number) => `{"i":${index},"e":{"b":{}}}\n`
const event = (index: number) => `{"i":${index},"e":{},"core":{"commit":"i"}}\n`

function follow(text: string, cuts: readonly number[], first: number, end: number): void {
  const bytes = new TextEncoder().encode(text)
  const run = new LeafRun(first)
  let at = 0
  for (const length of cuts) {
    run.add(bytes.subarray(at, at + length))
    at += length
  }
  run.add(bytes.subarray(at))
  run.finish(end)
}

const anyCuts = fc.array(fc.integer({ min: 1, max: 9 }))
const anyKinds = fc.array(fc.constantFrom(commit, control, event))

test('leaves without a gap are followed wherever the bytes are cut', () =>
  fc.assert(
    fc.property(anyKinds, anyCuts, fc.constantFrom(0, 8, 99_998, 123_456_789_012), (kinds, cuts, first) => {
      let end = first
      const text = kinds.map((line) => (typeof line === 'string' ? line : line(end++))).join('')
      follow(text, cuts, first, end)
    }),
  ))

test.each([
  ['a gap', event(3) + event(5), 3, 5, /expected leaf 4, found leaf 5/],
  ['another start', event(4) + event(5), 3, 5, /expected leaf 3/],
  ['a leaf too few', event(3), 3, 5, /up to 4, found them up to 3/],
  ['a leaf too many', event(3) + event(4) + event(5), 3, 5, /up to 4, found them up to 5/],
  ['a line cut short', event(3) + event(4).slice(0, -1), 3, 5, /cut short/],
  ['a short line cut short', `${event(3)}{"i":4`, 3, 5, /cut short/],
  ['something else', `${event(3)}nonsense\n`, 3, 5, /neither/],
])('%s is noticed wherever the bytes are cut', (_, text, first, end, message) =>
  fc.assert(
    fc.property(anyCuts, (cuts) => {
      expect(() => follow(text, cuts, first, end)).toThrow(message)
    }),
  ),
)
