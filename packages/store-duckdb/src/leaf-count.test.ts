import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LeafCount } from './leaf-count.js'

const lines = [
  '{"i":0,"e":{"b":{}}}\n',
  '{"i":1,"e":{},"core":{"commit":"i"}}\n',
  '{"commit":{"count":2,"crc32":7,"size":2}}\n',
]

test('leaves are counted wherever the bytes are cut', () =>
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...lines)), fc.array(fc.integer({ min: 1, max: 9 })), (written, cuts) => {
      const bytes = new TextEncoder().encode(written.join(''))
      const count = new LeafCount()
      let at = 0
      for (const length of cuts) {
        count.add(bytes.subarray(at, at + length))
        at += length
      }
      count.add(bytes.subarray(at))
      expect(count.leaves).toBe(written.filter((line) => line.startsWith('{"i"')).length)
    }),
  ))
