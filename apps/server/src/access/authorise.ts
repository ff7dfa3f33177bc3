import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isIPv4 } from 'node:net'
import type { Access, ProblemCode, Route } from '@tidemark/wire'
import { RequestProblem } from '../http/request-problem.js'
import type { Caller } from './caller.js'
import type { KeyHolder, KeyRing } from './key-ring.js'

export type Gate = {
  readonly keys: KeyRing
  /** Token of the local command line; undefined when there is none. */
  readonly operatorToken: string | undefined
  /** Checkpoints and tiles need no key. */
  readonly publicLogs: boolean
}

export type Asked = {
  readonly request: IncomingMessage
  /** The tenant named in the address, on routes that have one. */
  readonly tenant: string | undefined
  /** `log` as it stands in the query, not checked yet. */
  readonly log: unknown
}

/**
 * The only place where it is decided whether a request may use a route.
 *
 * A tenant in the address of a key's request must be the key's own, else the answer is the same as for one that does
 * not exist. Throws `RequestProblem`.
 */
export async function authorise(route: Route, gate: Gate, asked: Asked): Promise<Caller> {
  const access = accessOf(route, asked.log)
  if (access === 'open' || (access === 'log-files' && gate.publicLogs)) return { kind: 'anyone' }
  const token = tokenOf(asked.request)
  if (access === 'operator') return authoriseOperator(gate, asked.request, token)
  const holder = await holderOf(gate.keys, token)
  const scopes = access === 'log-files' ? (['verify'] as const) : access
  if (asked.tenant !== undefined && asked.tenant !== holder.tenant)
    throw new RequestProblem('not_found', 'There is nothing here')
  if (scopes.some((scope) => holder.scopes.has(scope))) return { kind: 'key', holder }
  throw new RequestProblem('missing_scope', `This needs a key with scope ${scopes.join(' or ')}`)
}

/** Anything but the tenant's main log asks for what the administration log needs. */
const accessOf = (route: Route, log: unknown): Access =>
  route.auditAccess && log !== undefined && log !== 'main' ? route.auditAccess : route.access

async function holderOf(keys: KeyRing, token: string | undefined): Promise<KeyHolder> {
  const verdict = token === undefined ? 'unauthenticated' : await keys.check(token)
  if (typeof verdict === 'string') throw new RequestProblem(verdict, wordsOf[verdict])
  return verdict
}

function authoriseOperator(gate: Gate, request: IncomingMessage, token: string | undefined): Caller {
  const expected = gate.operatorToken
  const isRight = expected !== undefined && token !== undefined && isSameText(token, expected)
  if (isRight && isLoopback(request.socket.remoteAddress ?? '')) return { kind: 'operator' }
  throw new RequestProblem(
    'unauthenticated',
    'This is done with the tidemark command on the machine that runs the server',
  )
}

function tokenOf(request: IncomingMessage): string | undefined {
  const { authorization, 'x-api-key': apiKey } = request.headers
  if (authorization !== undefined) return /^Bearer +(\S+) *$/i.exec(authorization)?.[1]
  return typeof apiKey === 'string' ? apiKey.trim() : undefined
}

function isSameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function isLoopback(address: string): boolean {
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'))
}

const wordsOf = {
  unauthenticated: 'Send a valid API key: Authorization: Bearer tm_…',
  key_expired: 'This API key has expired; ask an administrator for a new one',
  key_revoked: 'This API key was revoked',
} as const satisfies Partial<Record<ProblemCode, string>>
