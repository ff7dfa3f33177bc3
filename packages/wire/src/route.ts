import type { z } from 'zod'
import type { ProblemCode } from './problem.js'
import type { Scope } from './scalars.js'

/**
 * Who may call a route.
 *
 * - `open`: anyone.
 * - `operator`: the local command line, with the token in the data directory.
 * - `log-files`: a key with scope verify, or anyone when the installation publishes its logs.
 * - scopes: a key that has one of them.
 */
export type Access = 'open' | 'operator' | 'log-files' | readonly Scope[]

/** What a route answers with one status. `schema` or `contentType` is left out when the body is not JSON or empty. */
export type RouteAnswer = {
  readonly description: string
  readonly contentType?: string
  readonly schema?: z.ZodType
}

/** One operation of the HTTP API, as data: the server serves it, the document describes it, the client calls it. */
export type Route = {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** OpenAPI notation: `/v1/events/{id}`. A last parameter in `{+path}` takes the rest of the address. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  readonly access: Access
  /** What a read of the administration log (`log=_audit`) needs instead. */
  readonly auditAccess?: readonly Scope[]
  readonly parameters?: z.ZodObject
  readonly pathParameters?: z.ZodObject
  /** Content types it reads, each with the shape of its body. */
  readonly body?: { readonly required: boolean; readonly content: Readonly<Record<string, z.ZodType>> }
  readonly answers: Readonly<Record<number, RouteAnswer>>
  readonly problems: readonly ProblemCode[]
}
