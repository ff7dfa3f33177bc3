import { expect, test } from 'vitest'
import { formatTlogProof, parseTlogProof } from './index.js'
import { fromHex, readVectors, toHex } from './testing/vectors.js'

type TlogProofVectors = {
  good: { name: string; text: string; index: number; proof: string[]; checkpoint: string; extra?: string }[]
  bad: { name: string; text: string }[]
}

const vectors = readVectors<TlogProofVectors>('notes/tlog-proofs.json')

test.each(vectors.good)('read and written to the byte: $name', ({ text, index, proof, checkpoint, extra }) => {
  const parsed = parseTlogProof(text)
  expect(parsed).toMatchObject({ index, checkpoint })
  expect(parsed.proof.map(toHex)).toEqual(proof)
  expect(parsed.extra && new TextDecoder().decode(parsed.extra)).toBe(extra)
  const bytes = extra === undefined ? undefined : new TextEncoder().encode(extra)
  expect(formatTlogProof({ index, proof: proof.map(fromHex), checkpoint, extra: bytes })).toBe(text)
})

test.each(vectors.bad)('refused: $name', ({ text }) => {
  expect(() => parseTlogProof(text)).toThrow(expect.objectContaining({ code: 'bad_tlog_proof' }))
})
