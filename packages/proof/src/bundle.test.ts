import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBase64, decodeBundle, encodeBase64, encodeBundle } from './index.js'

test('a bundle gives back the entries it was made of', () =>
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 256 }), (entries) => {
      expect(decodeBundle(encodeBundle(entries))).toEqual(entries)
    }),
  ))

test('lengths are big-endian, and the largest entry fits', () => {
  const largest = new Uint8Array(65_535)
  expect([...encodeBundle([Uint8Array.of(9), new Uint8Array(258)]).subarray(0, 5)]).toEqual([0, 1, 9, 1, 2])
  expect(decodeBundle(encodeBundle([largest]))).toEqual([largest])
  expect(() => encodeBundle([new Uint8Array(65_536)])).toThrow(expect.objectContaining({ code: 'entry_too_large' }))
})

test('a bundle cut short anywhere but between entries is refused', () => {
  const bundle = encodeBundle([Uint8Array.of(1, 2, 3), Uint8Array.of(4)])
  for (const length of [1, 2, 3, 4, 6, 7]) {
    expect(() => decodeBundle(bundle.subarray(0, length))).toThrow(expect.objectContaining({ code: 'bad_bundle' }))
  }
  expect(decodeBundle(bundle.subarray(0, 5))).toEqual([Uint8Array.of(1, 2, 3)])
})

test("base64 is Node's, and only its canonical spelling is read", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes)
    }),
  )
  for (const bad of ['=', '====', 'A===', 'AA', 'AB==', 'AA==AA==', 'A-_A', 'AAA\n', ' AAA', 'AAé=']) {
    expect(() => decodeBase64(bad), bad).toThrow(expect.objectContaining({ code: 'bad_base64' }))
  }
})
