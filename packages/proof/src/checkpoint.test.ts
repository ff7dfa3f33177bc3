import { expect, test } from 'vitest'
import { formatCheckpoint, noteKey, openCheckpoint, parseCheckpoint, sha256, signCheckpoint } from './index.js'
import { fromHex, readVectors, toHex } from './testing/vectors.js'

type CheckpointVectors = {
  good: { name: string; text: string; origin: string; size: number; root: string; extensions: string[] }[]
  bad: { name: string; text: string }[]
}

const vectors = readVectors<CheckpointVectors>('notes/checkpoints.json')
const origin = 'tidemark.example/t/acme'
const key = noteKey(origin, new Uint8Array(32).fill(1))
const checkpoint = { origin, size: 7, root: sha256(new Uint8Array(0)) }

test.each(vectors.good)('read and written to the byte: $name', ({ text, origin, size, root, extensions }) => {
  const parsed = parseCheckpoint(text)
  expect({ ...parsed, root: toHex(parsed.root) }).toEqual({ origin, size, root, extensions })
  expect(formatCheckpoint({ origin, size, root: fromHex(root), extensions })).toBe(text)
})

test.each(vectors.bad)('refused: $name', ({ text }) => {
  expect(() => parseCheckpoint(text)).toThrow(expect.objectContaining({ code: 'bad_checkpoint' }))
})

test.each([
  { ...checkpoint, origin: '' },
  { ...checkpoint, origin: 'two\nlines' },
  { ...checkpoint, size: -1 },
  { ...checkpoint, size: 1.5 },
  { ...checkpoint, root: new Uint8Array(31) },
  { ...checkpoint, extensions: [''] },
])('cannot be written: %j', (unsound) => {
  expect(() => formatCheckpoint(unsound)).toThrow(expect.objectContaining({ code: 'bad_checkpoint' }))
})

test('a checkpoint of the log opens with its key', () => {
  expect(openCheckpoint(signCheckpoint(checkpoint, [key]), [key])).toMatchObject({ valid: true, checkpoint })
})

test('a checkpoint of another log is not taken, even under a key we trust', () => {
  const other = signCheckpoint({ ...checkpoint, origin: 'tidemark.example/t/other' }, [key])
  expect(openCheckpoint(other, [key])).toEqual({ valid: false, reason: 'wrong-origin' })
  expect(openCheckpoint(signCheckpoint(checkpoint, [key]), [key], 'tidemark.example/t/other')).toEqual({
    valid: false,
    reason: 'wrong-origin',
  })
})

test('a signed text that is no checkpoint is malformed', async () => {
  const { signNote } = await import('./note.js')
  expect(openCheckpoint(signNote('hello\n', [key]), [key])).toEqual({ valid: false, reason: 'malformed' })
})
