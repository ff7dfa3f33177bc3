import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { fold, foldsTo } from './fold.js'

test('every character folds as SQL lower does in DuckDB', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const rows = await connection.runAndReadAll(
    'SELECT i::INTEGER, unicode(lower(chr(i::INTEGER))), length(lower(chr(i::INTEGER))) FROM range(1, 1114112) t(i) WHERE i NOT BETWEEN 55296 AND 57343',
  )
  const differing = rows
    .getRows()
    .filter(
      ([i, lower, length]) =>
        fold(String.fromCodePoint(Number(i))) !== String.fromCodePoint(Number(lower)) || length !== 1n,
    )
  expect(differing).toEqual([])
})

test.each([
  ['Admin', 'admin'],
  ['ÉCOLE', 'école'],
  ['ΟΔΟΣ', 'οδοσ'],
  ['İstanbul', 'istanbul'],
  ['STRASSE ß ẞ', 'strasse ß ß'],
  ['𐐀', '𐐨'],
  ['', ''],
])('%s folds to %s', (text, folded) => {
  expect(fold(text)).toBe(folded)
  expect(foldsTo(text, folded)).toBe(true)
  expect(foldsTo(text, `${folded}x`)).toBe(false)
})
