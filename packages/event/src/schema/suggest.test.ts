import fc from 'fast-check'
import { expect, test } from 'vitest'
import { suggestMember } from './suggest.js'

const candidates = ['actor', 'action', 'resource', 'outcome', 'userAgent', 'ip']

test.each([
  ['acter', 'actor'],
  ['actoin', 'action'],
  ['user_agent', 'userAgent'],
  ['USERAGENT', 'userAgent'],
  ['ressource', 'resource'],
  ['outcomes', 'outcome'],
  ['ipp', 'ip'],
])('%s is near %s', (name, near) => {
  expect(suggestMember(name, candidates)).toBe(near)
})

test.each(['', 'zebra', 'xx', 'colour', 'details'])('%s is near nothing', (name) => {
  expect(suggestMember(name, candidates)).toBeUndefined()
})

test('a candidate is nearest to itself', () =>
  fc.assert(
    fc.property(fc.constantFrom(...candidates), (name) => {
      expect(suggestMember(name, candidates)).toBe(name)
    }),
  ))

test('one slip in a name of six letters or more is forgiven', () =>
  fc.assert(
    fc.property(
      fc.constantFrom('resource', 'outcome', 'userAgent'),
      fc.nat(),
      fc.constantFrom('x', ''),
      (name, at, put) => {
        const i = at % name.length
        expect(suggestMember(name.slice(0, i) + put + name.slice(i + 1), candidates)).toBe(name)
      },
    ),
  ))
