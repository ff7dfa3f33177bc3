import { decodeBase64, encodeBase64 } from './base64.js'
import { decodeHash } from './checkpoint.js'
import { FormatError } from './format-error.js'
import type { Hash } from './hash.js'

/** Proof that an entry is in a log, for someone who has only the log's key. Source: C2SP tlog-proof. */
export type TlogProof = {
  /** The entry's position in the log. */
  readonly index: number
  /** The inclusion proof, the leaf's sibling first. */
  readonly proof: readonly Hash[]
  /** The signed checkpoint, byte for byte as the log issued it. */
  readonly checkpoint: string
  /** Opaque and not authenticated. */
  readonly extra?: Uint8Array | undefined
}

/** The text of a `.tlog-proof` file. */
export function formatTlogProof({ index, proof, checkpoint, extra }: TlogProof): string {
  const lines = [HEADER]
  if (extra) lines.push(`extra ${encodeBase64(extra)}`)
  lines.push(`index ${index}`, ...proof.map(encodeBase64), '', checkpoint)
  return lines.join('\n')
}

/** Reads a `.tlog-proof` file; nothing in it is verified yet. Refused: `bad_tlog_proof`. */
export function parseTlogProof(text: string): TlogProof {
  const split = text.indexOf('\n\n')
  const [header, ...lines] = text.slice(0, Math.max(0, split)).split('\n')
  if (header !== HEADER) throw new FormatError('bad_tlog_proof', `the first line is not ${HEADER}`)
  const extra = lines[0]?.startsWith('extra ') ? decodeExtra(lines.shift()!.slice('extra '.length)) : undefined
  const index = /^index (0|[1-9][0-9]*)$/.exec(lines.shift() ?? '')?.[1]
  if (index === undefined || !Number.isSafeInteger(Number(index))) {
    throw new FormatError('bad_tlog_proof', 'there is no line with the index')
  }
  const proof = lines.map((line) => decodeHash(line))
  if (proof.includes(null)) throw new FormatError('bad_tlog_proof', 'a line of the proof is not a hash')
  return { index: Number(index), proof: proof as Hash[], checkpoint: text.slice(split + 2), extra }
}

const HEADER = 'c2sp.org/tlog-proof@v1'

function decodeExtra(text: string): Uint8Array {
  try {
    return decodeBase64(text)
  } catch {
    throw new FormatError('bad_tlog_proof', 'the extra data is not base64')
  }
}
