import {
  decodeBase64,
  FormatError,
  type Hash,
  hashLeaf,
  openCheckpoint,
  parseVerifierKey,
  rootFromInclusion,
  sameHash,
  sha256,
  type VerifierKey,
} from '@tidemark/proof'
import { decodeBase64url, encodeBase64url } from './base64url.js'
import { OWN_KEY_TIER } from './report.js'

/** One part of an event: opened, or only its digest. SHA-256(salt ‖ text) = digest; salt and digest are base64url. */
export type DisclosedPart = { readonly salt: string; readonly text: string } | { readonly digest: string }

export type PartName = 'core' | 'personal' | 'content'

/** Everything needed to check one event offline, as `GET /v1/events/{id}/proof` gives it. */
export type ProofBundle = {
  readonly v: 1
  readonly origin: string
  readonly leafIndex: number
  readonly treeSize: number
  /** The log entry, RFC 8785 text. */
  readonly entry: string
  readonly parts: Readonly<Record<PartName, DisclosedPart>>
  /** The inclusion proof in base64, nearest the leaf first. */
  readonly proof: readonly string[]
  /** The signed note. */
  readonly checkpoint: string
  /** The key the log says is its own. */
  readonly verifierKey: string
}

/** Why a bundle proves nothing. */
export type ProofFailure = 'malformed' | 'untrusted-checkpoint' | 'wrong-tree-size' | 'not-in-tree' | 'parts-altered'

/** What a bundle proves. */
export type ProofVerdict =
  | { readonly valid: false; readonly reason: ProofFailure; readonly message: string }
  | {
      readonly valid: true
      readonly origin: string
      readonly leafIndex: number
      readonly treeSize: number
      /** When the log took the event, by its own clock; ISO 8601. */
      readonly receivedAt: string
      readonly source: string
      readonly signedBy: readonly string[]
      /** `bundle`: the key came with the proof, so it proves only that whoever made the bundle signed it. */
      readonly keyFrom: 'caller' | 'bundle'
      /** The parts that were opened, parsed. An absent part is null. */
      readonly disclosed: Partial<Record<PartName, unknown>>
      readonly undisclosed: readonly PartName[]
      readonly tier: string
    }

/**
 * Checks a proof bundle: the checkpoint's signature, the way from the entry to its root, and that the entry commits to the
 * parts. Anything may be given; what is not a bundle is `malformed`. Give the log's key from another source than the bundle.
 */
export function verifyProofBundle(bundle: unknown, trusted: readonly VerifierKey[] = []): ProofVerdict {
  try {
    return isProofBundle(bundle) ? check(bundle, trusted) : malformed('it is not a proof bundle of version 1')
  } catch (error) {
    if (error instanceof FormatError || error instanceof SyntaxError) return malformed(error.message)
    throw error
  }
}

/** Whether a value has the shape of a bundle; nothing in it is verified. */
export function isProofBundle(value: unknown): value is ProofBundle {
  const { v, origin, leafIndex, treeSize, entry, parts, proof, checkpoint, verifierKey } = Object(value)
  const texts = [origin, entry, checkpoint, verifierKey]
  return (
    v === 1 &&
    texts.every((text) => typeof text === 'string') &&
    [leafIndex, treeSize].every(Number.isSafeInteger) &&
    Array.isArray(proof) &&
    proof.every((hash) => typeof hash === 'string') &&
    PARTS.every((name) => isPart(Object(parts)[name]))
  )
}

function check(bundle: ProofBundle, given: readonly VerifierKey[]): ProofVerdict {
  const { origin, leafIndex, treeSize } = bundle
  const trusted = given.length > 0 ? given : [parseVerifierKey(bundle.verifierKey)]
  const opened = openCheckpoint(bundle.checkpoint, trusted, origin)
  if (!opened.valid) return failure('untrusted-checkpoint', `The checkpoint cannot be trusted (${opened.reason}).`)
  if (opened.checkpoint.size !== treeSize) return failure('wrong-tree-size', 'The checkpoint is of another tree size.')
  const root = rootFromInclusion(hashLeaf(utf8(bundle.entry)), leafIndex, treeSize, bundle.proof.map(decodeBase64))
  if (!root || !sameHash(root, opened.checkpoint.root)) {
    return failure('not-in-tree', `The entry is not leaf ${leafIndex} of the tree that was signed.`)
  }
  const entry = readEventEntry(bundle.entry)
  if (!entry) return malformed('its entry is not an event')
  const digests = PARTS.map((name) => digestOf(bundle.parts[name]))
  if (encodeBase64url(sha256(concat(digests))) !== entry.c) {
    return failure('parts-altered', 'The parts are not those the entry commits to.')
  }
  return {
    valid: true,
    ...{ origin, leafIndex, treeSize },
    receivedAt: new Date(entry.t).toISOString(),
    source: entry.s,
    signedBy: opened.signedBy.map(({ name }) => name),
    keyFrom: given.length > 0 ? 'caller' : 'bundle',
    disclosed: Object.fromEntries(PARTS.flatMap((name) => openPart(name, bundle.parts[name]))),
    undisclosed: PARTS.filter((name) => 'digest' in bundle.parts[name]),
    tier: OWN_KEY_TIER,
  }
}

const PARTS = ['core', 'personal', 'content'] as const

function isPart(value: unknown): value is DisclosedPart {
  const { salt, text, digest } = Object(value)
  const isOpened = typeof salt === 'string' && typeof text === 'string' && !/\p{Surrogate}/u.test(text)
  return isOpened !== (typeof digest === 'string')
}

type EventEntry = { readonly c: string; readonly s: string; readonly t: number }

/** The members of an event's entry, when it is spelled in the one way it may be. */
function readEventEntry(text: string): EventEntry | null {
  try {
    const { c, k, q, s, t, v } = JSON.parse(text)
    const sound = k === 'event' && v === 1 && typeof c === 'string' && typeof s === 'string' && Number.isSafeInteger(t)
    return sound && JSON.stringify({ c, k, q, s, t, v }) === text ? { c, s, t } : null
  } catch {
    return null
  }
}

function digestOf(part: DisclosedPart): Hash {
  return 'digest' in part ? decodeBase64url(part.digest) : sha256(concat([decodeBase64url(part.salt), utf8(part.text)]))
}

/** A part that is opened, with what it says: an absent one is empty. */
function openPart(name: PartName, part: DisclosedPart): [PartName, unknown][] {
  if ('digest' in part) return []
  return [[name, part.text === '' ? null : JSON.parse(part.text)]]
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const malformed = (why: string): ProofVerdict => failure('malformed', `The proof cannot be read: ${why}.`)
const failure = (reason: ProofFailure, message: string): ProofVerdict => ({ valid: false, reason, message })
