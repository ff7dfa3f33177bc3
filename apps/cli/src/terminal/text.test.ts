import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { testShell } from '../testing/test-shell.js'
import { printable } from './printable.js'
import { Progress } from './progress.js'
import { bytesText, countOf, countText, durationText } from './quantity.js'
import { pad, shorten } from './shorten.js'
import { wrap } from './wrap.js'

test.each([
  ['plain text, Zoë and 漢字', 'plain text, Zoë and 漢字'],
  ['\u001b]0;title\u0007', '\\u001b]0;title\\u0007'],
  ['one\r\ntwo\tthree', 'one  two three'],
  ['\u202edenied\u202c', '\\u202edenied\\u202c'],
])('%j is printed as %j', (text, shown) => expect(printable(text)).toBe(shown))

test.each([
  ['short', 10, 'end', 'short'],
  ['0123456789', 6, 'end', '01234…'],
  ['0123456789', 6, 'middle', '012…89'],
  ['漢字漢字', 5, 'end', '漢字…'],
  ['anything', 1, 'end', '…'],
  ['anything', 0, 'end', ''],
] as const)('%s in %i columns, cut at the %s, is %s', (text, width, where, shown) => {
  expect(shorten(text, width, where)).toBe(shown)
  expect(stringWidth(shorten(text, width, where))).toBeLessThanOrEqual(Math.max(width, 0))
})

test('padding counts columns, not characters', () => {
  expect(pad('漢', 4)).toBe('漢  ')
  expect(pad('7', 3, true)).toBe('  7')
})

test('prose is broken between words, never inside one', () => {
  expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four'])
  expect(wrap('incomprehensibilities', 5)).toEqual(['incomprehensibilities'])
  expect(wrap('one two', undefined)).toEqual(['one two'])
})

test('numbers are written for people', () => {
  expect([countText(1_234_567), countOf(1, 'event'), countOf(2, 'leaf', 'leaves')]).toEqual([
    '1,234,567',
    '1 event',
    '2 leaves',
  ])
  expect([0, 1_023, 1_024, 12_345_678, 5e12].map(bytesText)).toEqual([
    '0 B',
    '1023 B',
    '1.0 KiB',
    '11.8 MiB',
    '4.5 TiB',
  ])
  expect([80, 12_000, 200_000, 7_500_000, 280_000_000].map(durationText)).toEqual([
    '0.1 s',
    '12 s',
    '3 min 20 s',
    '2 h 5 min',
    '3 d 5 h',
  ])
})

describe('progress', () => {
  const at = (columns: number | undefined, quiet = false) => {
    const clock = { ms: 0 }
    const shell = testShell(columns === undefined ? {} : { columns })
    const progress = new Progress({ label: 'file', unit: 'events', output: shell.err, quiet, now: () => clock.ms })
    return { clock, progress, shell }
  }

  test('on a terminal it is one line that is drawn over, with rate and time left', () => {
    const { clock, progress, shell } = at(100)
    progress.expect(10_000)
    clock.ms = 2_000
    progress.update(2_500)
    expect(shell.written.err).toBe(
      '\r\u001b[2K━━━━━┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄ file · 2,500 of 10,000 events · 1,250/s · 6.0 s left',
    )
    progress.clear()
    expect(shell.written.err.endsWith('\r\u001b[2K')).toBe(true)
  })

  test('it is not drawn more than ten times a second', () => {
    const { clock, progress, shell } = at(100)
    for (clock.ms = 0; clock.ms < 1_000; clock.ms += 1) progress.update(clock.ms)
    expect(shell.written.err.split('\r').length - 1).toBeLessThanOrEqual(10)
  })

  test('bytes count towards the end, events towards the rate', () => {
    const { clock, progress, shell } = at(100)
    progress.expect(4 * 1024 * 1024, 'bytes')
    clock.ms = 1_000
    progress.update(1024 * 1024, 900)
    expect(shell.written.err).toContain('file · 900 events · 1.0 MiB of 4.0 MiB · 900/s · 3.0 s left')
  })

  test('into a pipe it is a line every five seconds, and nothing at all when quiet', () => {
    const { clock, progress, shell } = at(undefined)
    for (clock.ms = 0; clock.ms < 11_000; clock.ms += 100) progress.update(clock.ms)
    expect(shell.written.err.split('\n')).toHaveLength(3)
    const silent = at(undefined, true)
    silent.clock.ms = 60_000
    silent.progress.update(5)
    expect(silent.shell.written.err).toBe('')
  })
})
