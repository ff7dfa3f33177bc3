import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { Cursors } from './cursor.js'

const key = randomBytes(32)
const pageEnd = { after: { time: '2026-01-02T03:04:05.678Z', index: 42 }, asOf: 100, nowMs: 1_767_000_000_000 }
const question = ['acme', 'outcome:denied', undefined, 'desc']

test('a cursor brings back where its page ended, also after a restart', () => {
  const text = new Cursors(key).write(pageEnd, question)
  expect(new Cursors(Buffer.from(key)).read(text, [...question])).toEqual(pageEnd)
  expect(text).toMatch(/^[A-Za-z0-9_-]+$/)
})

test('a cursor changed in any character is refused', () => {
  const cursors = new Cursors(key)
  const text = cursors.write(pageEnd, question)
  for (let at = 0; at < text.length; at++) {
    const changed = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
    expect(() => cursors.read(changed, question)).toThrow(expect.objectContaining({ code: 'invalid_cursor' }))
  }
  for (const bad of ['', 'x', `${text}A`, text.slice(1), '../../etc']) {
    expect(() => cursors.read(bad, question)).toThrow(expect.objectContaining({ code: 'invalid_cursor' }))
  }
})

test('a cursor of another installation, tenant or question is refused', () => {
  const text = new Cursors(key).write(pageEnd, question)
  expect(() => new Cursors(randomBytes(32)).read(text, question)).toThrow('not a cursor of this server')
  expect(() => new Cursors(key).read(text, ['globex', ...question.slice(1)])).toThrow('another question')
})
