import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { testShell } from '../testing/test-shell.js'
import { type Column, tableLines } from './table.js'

type Row = readonly [string, string, string]
const columns: readonly Column<Row>[] = [
  { header: 'NAME', value: (row) => row[0], keep: 3, least: 4 },
  { header: 'WHAT', value: (row) => row[1], keep: 1, least: 6 },
  { header: 'ID', value: (row) => row[2], keep: 2, least: 5, cut: 'middle' },
]
const lines = (rows: readonly Row[], width?: number, header = true) =>
  tableLines(columns, rows, testShell(width === undefined ? {} : { columns: width }).out, header)

test('columns stand under their headers, without blanks at the end', () => {
  expect(
    lines([
      ['ada', 'read', '1'],
      ['babbage', 'wrote', '22'],
    ]),
  ).toEqual(['NAME     WHAT   ID', 'ada      read   1', 'babbage  wrote  22'])
})

test('into a pipe nothing is cut or dropped', () => {
  const long = 'x'.repeat(500)
  expect(lines([[long, long, long]])[1]).toBe(`${long}  ${long}  ${long}`)
})

test('the least important column goes first, then what is left is cut', () => {
  const rows: Row[] = [['a very long name indeed', 'something', '0123456789abcdef']]
  expect(lines(rows, 30)[0]).toMatch(/^NAME +WHAT +ID$/)
  expect(lines(rows, 12)[0]).toMatch(/^NAME +ID$/)
  expect(lines(rows, 5)).toEqual(['NAME', 'a ve…'])
})

test('an id is cut in the middle, so that its end still tells it apart', () => {
  expect(lines([['a', 'b', '0123456789abcdef']], 20)[1]).toMatch(/01\S*…\S*ef$/)
})

test('a row never breaks the line or moves the cursor', () => {
  expect(lines([['a\nb', '\u001b[2J', '\u202e']])[1]).toBe('a b   \\u001b[2J  \\u202e')
})

test('no line is wider than the terminal, whatever is in it', () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.string()), { maxLength: 6 }),
      fc.integer({ min: 5, max: 120 }),
      fc.boolean(),
      (rows, width, header) => {
        for (const line of lines(rows, width, header)) expect(stringWidth(line)).toBeLessThanOrEqual(width)
      },
    ),
  ))
