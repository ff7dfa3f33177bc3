import {
  encodeBase64,
  formatVerifierKey,
  hashLeaf,
  inclusionProof,
  noteKey,
  parseTlogProof,
  rootFromInclusion,
  sha256,
  signCheckpoint,
} from '@tidemark/proof'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { encodeBase64url } from './base64url.js'
import { formatProofFile, type ProofBundle, parseProofFile, verifyProofBundle } from './index.js'

const origin = 'tidemark.example/t/acme'
const key = noteKey(origin, new Uint8Array(32).fill(3))
const parts = {
  core: { salt: encodeBase64url(new Uint8Array(16).fill(1)), text: '{"action":"auth.login","actor":{"id":"u-1"}}' },
  personal: { salt: encodeBase64url(new Uint8Array(16).fill(2)), text: '{"actor":{"name":"Zoë"}}' },
  content: { salt: encodeBase64url(new Uint8Array(16).fill(3)), text: '' },
}
const digestOf = (part: { salt: string; text: string }) =>
  sha256(Buffer.concat([Buffer.from(part.salt, 'base64url'), Buffer.from(part.text)]))
const commit = encodeBase64url(sha256(Buffer.concat([parts.core, parts.personal, parts.content].map(digestOf))))
const entry = `{"c":"${commit}","k":"event","q":7,"s":"api","t":1763757251478,"v":1}`
const leaves = ['genesis', entry, 'a third', 'a fourth', 'a fifth'].map((text) => hashLeaf(Buffer.from(text)))

let bundle: ProofBundle

beforeAll(async () => {
  const { Frontier, hashNode } = await import('@tidemark/proof')
  const read = (level: number, index: number): Uint8Array =>
    level === 0 ? leaves[index]! : hashNode(read(level - 1, 2 * index), read(level - 1, 2 * index + 1))
  const tree = await Frontier.read(5, read)
  const proof = (await inclusionProof(1, 5, read)).map(encodeBase64)
  const checkpoint = signCheckpoint({ origin, size: 5, root: tree.root() }, [key])
  bundle = {
    v: 1,
    origin,
    leafIndex: 1,
    treeSize: 5,
    entry,
    parts,
    proof,
    checkpoint,
    verifierKey: formatVerifierKey(key),
  }
})

test('a sound bundle tells what was logged, when, and where', () => {
  expect(verifyProofBundle(bundle, [key])).toEqual({
    valid: true,
    origin,
    leafIndex: 1,
    treeSize: 5,
    receivedAt: '2025-11-21T20:34:11.478Z',
    source: 'api',
    signedBy: [origin],
    keyFrom: 'caller',
    disclosed: { core: JSON.parse(parts.core.text), personal: { actor: { name: 'Zoë' } }, content: null },
    undisclosed: [],
    tier: 'tamper-detecting (own key only)',
  })
})

test('a part may be kept back and the rest still proves itself', () => {
  const hidden = { ...bundle, parts: { ...parts, personal: { digest: encodeBase64url(digestOf(parts.personal)) } } }
  expect(verifyProofBundle(hidden, [key])).toMatchObject({ valid: true, undisclosed: ['personal'] })
  const verdict = verifyProofBundle(hidden, [key])
  expect(verdict.valid && Object.keys(verdict.disclosed)).toEqual(['core', 'content'])
})

test('the key that comes with a bundle is used only when no other is given, and the verdict says so', () => {
  expect(verifyProofBundle(bundle)).toMatchObject({ valid: true, keyFrom: 'bundle' })
  const thief = noteKey(origin, new Uint8Array(32).fill(9))
  expect(verifyProofBundle({ ...bundle, verifierKey: formatVerifierKey(thief) }, [key])).toMatchObject({ valid: true })
  expect(verifyProofBundle(bundle, [thief])).toMatchObject({ valid: false, reason: 'untrusted-checkpoint' })
})

test.each<[string, (sound: ProofBundle) => unknown, string]>([
  ['another leaf index', (b) => ({ ...b, leafIndex: 0 }), 'not-in-tree'],
  ['another tree size', (b) => ({ ...b, treeSize: 6 }), 'wrong-tree-size'],
  ['another log', (b) => ({ ...b, origin: 'tidemark.example/t/other' }), 'untrusted-checkpoint'],
  ['a later time', (b) => ({ ...b, entry: b.entry.replace('478', '479') }), 'not-in-tree'],
  ['another core', (b) => ({ ...b, parts: { ...parts, core: { ...parts.core, text: '{}' } } }), 'parts-altered'],
  [
    'an invented content',
    (b) => ({ ...b, parts: { ...parts, content: { ...parts.content, text: '{}' } } }),
    'parts-altered',
  ],
  ['a shorter proof', (b) => ({ ...b, proof: b.proof.slice(1) }), 'not-in-tree'],
  ['no hash in the proof', (b) => ({ ...b, proof: ['?'] }), 'malformed'],
  [
    'a part both open and closed',
    (b) => ({ ...b, parts: { ...parts, core: { ...parts.core, digest: '' } } }),
    'malformed',
  ],
  ['no parts', ({ parts: _, ...b }) => b, 'malformed'],
  ['another version', (b) => ({ ...b, v: 2 }), 'malformed'],
  ['nothing', () => null, 'malformed'],
])('refused: %s', (_, alter, reason) => {
  expect(verifyProofBundle(alter(bundle), [key])).toMatchObject({ valid: false, reason })
})

test('no flipped bit anywhere in the file leaves a proof of something else', () =>
  fc.assert(
    fc.property(fc.nat(), fc.nat(7), (place, bit) => {
      const bytes = Buffer.from(formatProofFile(bundle))
      bytes[place % bytes.length]! ^= 1 << bit
      const verdict = verifyProofBundle(parseProofFile(bytes.toString()), [key])
      if (verdict.valid)
        expect({ ...verdict, keyFrom: '' }).toEqual({ ...verifyProofBundle(bundle, [key]), keyFrom: '' })
    }),
    { numRuns: 500 },
  ))

test('a bundle survives both of its file formats', () => {
  expect(parseProofFile(JSON.stringify(bundle))).toEqual(bundle)
  expect(parseProofFile(formatProofFile(bundle))).toEqual(bundle)
  expect(parseProofFile('')).toBeNull()
  expect(parseProofFile('{"v":1}')).toBeNull()
})

test('the file is a tlog-proof that proves the entry to any verifier', () => {
  const { index, proof, checkpoint } = parseTlogProof(formatProofFile(bundle))
  expect(rootFromInclusion(hashLeaf(Buffer.from(entry)), index, 5, proof)).not.toBeNull()
  expect(checkpoint).toBe(bundle.checkpoint)
})
