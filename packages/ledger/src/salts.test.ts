import { createCipheriv } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SaltStream } from './salts.js'

const key = Buffer.alloc(32, 9)
const keystream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(32 * 3000))

test('the salts of a place are the keystream at 32 times its number, in whatever order they are asked', () => {
  const anyRequests = fc.array(fc.tuple(fc.nat({ max: 2000 }), fc.integer({ min: 1, max: 600 })), { minLength: 1 })
  fc.assert(
    fc.property(anyRequests, (requests) => {
      const stream = new SaltStream(key)
      for (const [position, count] of requests) {
        const salts = stream.salts(position, count)
        expect(salts.equals(keystream.subarray(32 * position, 32 * (position + count)))).toBe(true)
      }
    }),
  )
})

test('a far place needs no keystream before it', () => {
  const place = 2 ** 40
  const block = Buffer.alloc(16)
  block.writeBigUInt64BE(BigInt(place) * 2n, 8)
  const expected = createCipheriv('aes-256-ctr', key, block).update(Buffer.alloc(32))
  expect(new SaltStream(key).salts(place, 1).equals(expected)).toBe(true)
})
