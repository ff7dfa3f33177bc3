import { decodeBase64, encodeBase64, formatTlogProof, parseCheckpoint, parseTlogProof } from '@tidemark/proof'
import { isProofBundle, type ProofBundle } from './proof-bundle.js'

/**
 * A bundle as a `.tlog-proof` file (C2SP tlog-proof), which any verifier of that format can check. The entry and the
 * parts it commits to stand in its extra data, as JSON.
 */
export function formatProofFile({ leafIndex, proof, checkpoint, entry, parts, verifierKey }: ProofBundle): string {
  const extra = new TextEncoder().encode(JSON.stringify({ v: 1, entry, parts, verifierKey }))
  return formatTlogProof({ index: leafIndex, proof: proof.map(decodeBase64), checkpoint, extra })
}

/** Reads an exported proof: a `.tlog-proof` file of ours, or a bundle as JSON. Null for anything else; nothing is verified. */
export function parseProofFile(text: string): ProofBundle | null {
  try {
    const bundle = text.startsWith('{') ? JSON.parse(text) : bundleOf(text)
    return isProofBundle(bundle) ? bundle : null
  } catch {
    return null
  }
}

function bundleOf(text: string): unknown {
  const { index, proof, checkpoint, extra } = parseTlogProof(text)
  const { origin, size } = parseCheckpoint(checkpoint.slice(0, checkpoint.lastIndexOf('\n\n') + 1))
  const about = { origin, leafIndex: index, treeSize: size, proof: proof.map(encodeBase64), checkpoint }
  return { ...JSON.parse(new TextDecoder().decode(extra)), ...about }
}
