import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IdTable } from './id-table.js'

const uuid = fc.uuid({ version: 7 })

test('every id is found at its leaf, and no other id is', () =>
  fc.assert(
    fc.property(fc.uniqueArray(uuid, { minLength: 1, maxLength: 400 }), uuid, fc.nat(), (ids, other, seed) => {
      const table = new IdTable(1_000, seed)
      for (const id of ids) table.add(id)
      for (const [i, id] of ids.entries()) expect(table.find(id)).toBe(1_000 + i)
      if (!ids.includes(other)) expect(table.find(other)).toBe(-1)
    }),
  ))

test('what is rolled back is forgotten, and what was there before is not', () =>
  fc.assert(
    fc.property(fc.uniqueArray(uuid, { minLength: 2, maxLength: 300 }), fc.nat(), fc.nat(), (ids, cut, seed) => {
      const table = new IdTable(0, seed)
      const keep = cut % ids.length
      for (const [i, id] of ids.entries()) i % 7 === 3 ? table.skip() : table.add(id)
      table.rollBack(keep)
      for (const [i, id] of ids.entries()) expect(table.find(id)).toBe(i < keep && i % 7 !== 3 ? i : -1)
      for (const id of ids.slice(keep)) table.add(id)
      for (const [i, id] of ids.slice(keep).entries()) expect(table.find(id)).toBe(keep + i)
    }),
  ))

test('ids that differ in one digit only are told apart', () => {
  const id = '0190f5a1-7c3e-7b2a-9d4f-0123456789ab'
  const table = new IdTable(0, 7)
  table.add(id)
  for (let at = 0; at < id.length; at++) {
    if (id[at] === '-') continue
    const other = id.slice(0, at) + (id[at] === 'f' ? 'e' : 'f') + id.slice(at + 1)
    expect(table.find(other), other).toBe(-1)
  }
})
