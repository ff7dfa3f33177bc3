import { createCipheriv, createHash } from 'node:crypto'
import type { PreparedEvent, RetentionClass } from '@tidemark/event'

/**
 * The log of docs/ledger-format.md, worked out step by step with nothing but SHA-256 and AES: no code of the ledger, so
 * that both can be compared. Random bytes count up from 00.
 */
export function workedExample() {
  const take = countingBytes()
  const authentication = segmentKey(take)
  const ada = { salt: take(16), text: exampleEvents[0].personal }
  const bob = { salt: take(16), text: exampleEvents[1].personal }
  const data = segmentKey(take)
  const events = [
    eventLeaf(1, exampleEvents[0], saltsAt(authentication, 0), ada),
    eventLeaf(2, exampleEvents[1], saltsAt(authentication, 1), bob),
    eventLeaf(3, exampleEvents[2], saltsAt(data, 0), ada),
  ]
  const leaves = [genesisLeaf(), ...events]
  const [l0, l1, l2, l3] = leaves.map(({ entry }) => sha256(LEAF, entry)) as [Buffer, Buffer, Buffer, Buffer]
  const left = sha256(NODE, l0, l1)
  const right = sha256(NODE, l2, l3)
  return {
    authentication,
    data,
    ada,
    bob,
    events,
    leaves,
    hashes: [l0, l1, l2, l3],
    left,
    right,
    root: sha256(NODE, left, right),
  }
}

export const exampleOrigin = 'tidemark.example/t/acme'
/** `receivedAt` of leaf 0; each leaf comes a millisecond after the one before. */
export const exampleStartMs = Date.UTC(2026, 10, 20, 9)
export const exampleGenesis = '{"format":1,"origin":"tidemark.example/t/acme"}'

/** Random bytes that are not random: they count up. */
export function countingBytes(): (length: number) => Buffer {
  let next = 0
  return (length) => Buffer.from(Array.from({ length }, () => next++ % 256))
}

const ada = '{"actor":{"email":"ada@acme.example","name":"Ada"},"client":{"ip":"203.0.113.7"}}'
const bob = '{"actor":{"email":"bob@acme.example","name":"Bob"}}'

/** A log-in, a refused log-in without content, and a read by the person of the first event. */
export const exampleEvents = [
  event(1, 'authentication', 'ada', ada, {
    core: { action: 'auth.login', actor: { id: 'ada', type: 'user' }, outcome: 'success' },
    content: '{"message":"AUDIT: auth.login"}',
    sequence: 41,
  }),
  event(2, 'authentication', 'bob', bob, {
    core: { action: 'auth.login', actor: { id: 'bob', type: 'user' }, outcome: 'denied' },
    content: '',
    sequence: 42,
  }),
  event(3, 'data', 'ada', ada, {
    core: { action: 'record.read', actor: { id: 'ada', type: 'user' }, outcome: 'success' },
    content: '{"message":"AUDIT: record.read"}',
    sequence: undefined,
  }),
] as const

type EventParts = { readonly core: object; readonly content: string; readonly sequence: number | undefined }

function event(
  number: number,
  retentionClass: RetentionClass,
  person: string,
  personal: string,
  { core, content, sequence }: EventParts,
): PreparedEvent {
  const id = `019aa000-0000-7000-8000-00000000000${number}`
  const ipKey = personal.includes('"ip"') ? '00000000000000000000ffffcb007107' : ''
  // The members stand in the order of RFC 8785.
  const { action, actor, outcome } = core as Record<string, unknown>
  const text = JSON.stringify({ action, actor, id, outcome, request: { id: 'c0ffee00-0000-4000-8000-000000000001' } })
  return { id, retentionClass, person, personal, ipKey, core: text, content, sequence, service: 'shop' }
}

const genesisLeaf = () => ({ entry: `{"b":${exampleGenesis},"k":"genesis","t":${exampleStartMs + 1},"v":1}` })

function eventLeaf(
  index: number,
  { core, content, sequence, service }: PreparedEvent,
  salts: { core: Buffer; content: Buffer },
  personal: { salt: Buffer; text: string },
) {
  const digests = {
    core: sha256(salts.core, core),
    personal: sha256(personal.salt, personal.text),
    content: sha256(salts.content, content),
  }
  const commit = sha256(digests.core, digests.personal, digests.content)
  const q = sequence === undefined ? '' : `"q":${sequence},`
  const entry = `{"c":"${commit.toString('base64url')}","k":"event",${q}"s":"${service}","t":${exampleStartMs + 1 + index},"v":1}`
  return { core, content, salts, digests, commit, entry }
}

/** 32 bytes of data key, 32 of salt key; 12 more random bytes go to the wrapping of both. */
function segmentKey(take: (length: number) => Buffer) {
  const key = { dataKey: take(32), saltKey: take(32) }
  take(12)
  return key
}

/** Bytes 32·position … of the keystream. */
function saltsAt({ saltKey }: { saltKey: Buffer }, position: number): { core: Buffer; content: Buffer } {
  const keystream = createCipheriv('aes-256-ctr', saltKey, Buffer.alloc(16)).update(Buffer.alloc(32 * (position + 1)))
  const pair = keystream.subarray(32 * position)
  return { core: pair.subarray(0, 16), content: pair.subarray(16) }
}

/** SHA-256 over the parts one after the other. */
function sha256(...parts: readonly (Buffer | string)[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** Stand before what is hashed, so that a leaf never looks like a node. */
const LEAF = Buffer.of(0)
const NODE = Buffer.of(1)
