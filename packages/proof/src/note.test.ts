import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FormatError, formatVerifierKey, noteKey, openNote, parseVerifierKey, signNote } from './index.js'
import { fromHex, readVectors } from './testing/vectors.js'

type NoteVectors = {
  keys: { name: string; seed: string; verifierKey: string }[]
  cases: { name: string; verifierKeys: string[]; note: string; verdict: string }[]
}

const vectors = readVectors<NoteVectors>('notes/notes.json')
const key = noteKey('tidemark.example/t/acme', new Uint8Array(32).fill(1))

test.each(vectors.keys)('the seed of $verifierKey gives that verifier key', ({ name, seed, verifierKey }) => {
  expect(formatVerifierKey(noteKey(name, fromHex(seed)))).toBe(verifierKey)
  expect(parseVerifierKey(verifierKey)).toMatchObject({ name })
})

test.each(vectors.cases)('$verdict: $name', ({ verifierKeys, note, verdict }) => {
  const trusted = verifierKeys.map(parseVerifierKey)
  for (const form of [note, new TextEncoder().encode(note)]) {
    const opened = openNote(form, trusted)
    expect(opened.valid ? 'valid' : opened.reason).toBe(verdict)
    if (opened.valid) expect(note.startsWith(`${opened.text}\n`)).toBe(true)
  }
})

test('the note of the golden file is signed again to the same byte', () => {
  const { name, seed } = vectors.keys[0]!
  const { note } = vectors.cases.find((one) => one.name === 'one signature, by the trusted key')!
  expect(signNote(note.slice(0, note.lastIndexOf('\n\n') + 1), [noteKey(name, fromHex(seed))])).toBe(note)
})

test('no turned bit anywhere in a note leaves it valid', () => {
  const bytes = new TextEncoder().encode(signNote('tidemark.example/t/acme\n1\n', [key]))
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const turned = bytes.slice()
    turned[bit >>> 3]! ^= 1 << (bit & 7)
    expect(openNote(turned, [key]).valid).toBe(false)
  }
})

test('any text a note may have comes back as it was', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (any) => {
      const text = `${[...any].filter((c) => c >= ' ').join('')}\n`
      expect(openNote(signNote(text, [key]), [key])).toMatchObject({ valid: true, text })
    }),
  ))

test.each(['', 'no newline', 'a\ttab\n', 'a null \0\n'])('%j cannot be signed', (text) => {
  expect(() => signNote(text, [key])).toThrow(FormatError)
})

test.each(['', 'with space', 'with+plus', 'with\u00a0no-break space', 'with\u0085next line', 'tab\t'])(
  'a key cannot be called %j',
  (name) => expect(() => noteKey(name, key.seed)).toThrow(expect.objectContaining({ code: 'bad_key' })),
)

test.each([
  ['another key id', formatVerifierKey(key).replace(/\+[0-9a-f]{8}\+/, '+00000000+')],
  ['another algorithm', formatVerifierKey(key).replace('+AY', '+Ai')],
  ['a short key', 'a+00000000+AQID'],
  ['no base64', 'a+00000000+?'],
  ['no parts', 'tidemark.example/t/acme'],
])('a verifier key with %s is refused', (_, text) => {
  expect(() => parseVerifierKey(text)).toThrow(expect.objectContaining({ code: 'bad_key' }))
})
