import type { RouteId, routes } from '@tidemark/wire'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Caller } from '../access/caller.js'
import type { KeyHolder } from '../access/key-ring.js'
import { RequestProblem } from './request-problem.js'

type ShapeOf<R, Name extends string> = R extends { [K in Name]: infer S extends z.ZodType }
  ? z.output<S>
  : Record<string, never>
type BodyOf<R> = R extends { body: { content: { 'application/json': infer S extends z.ZodType } } }
  ? z.output<S>
  : undefined

/** One request to one route: who asks, and what, already checked against the route's shapes. */
export class Call<Id extends RouteId = RouteId> {
  constructor(
    readonly caller: Caller,
    readonly path: ShapeOf<(typeof routes)[Id], 'pathParameters'>,
    readonly query: ShapeOf<(typeof routes)[Id], 'parameters'>,
    readonly body: BodyOf<(typeof routes)[Id]>,
    readonly request: FastifyRequest,
    readonly reply: FastifyReply,
  ) {}

  /** Who shows the key. Only for routes that need one. */
  get holder(): KeyHolder {
    if (this.caller.kind !== 'key') throw new RequestProblem('unauthenticated', 'This needs an API key')
    return this.caller.holder
  }

  /** The log the question is about: the key's tenant, never one that a request names. */
  get log(): string {
    const which = (this.query as { log?: unknown }).log
    return which === '_audit' ? `${this.holder.tenant}/_audit` : this.holder.tenant
  }

  /**
   * Aborts when the client is gone. One that closed its side only counts as gone too: it looks the same, and an answer
   * nobody reads is not worth the work.
   */
  get signal(): AbortSignal {
    this.#signal ??= signalOf(this.request, this.reply)
    return this.#signal
  }
  #signal: AbortSignal | undefined
}

function signalOf({ raw: { socket } }: FastifyRequest, { raw: response }: FastifyReply): AbortSignal {
  const abort = new AbortController()
  const gone = () => abort.abort()
  if (response.destroyed || socket.readableEnded) gone()
  socket.once('end', gone)
  response.once('close', () => {
    socket.off('end', gone)
    if (!response.writableFinished) gone()
  })
  return abort.signal
}

/** What each route does. What a handler gives back is the body of its success. */
export type Handlers = { readonly [Id in RouteId]: (call: Call<Id>) => Promise<unknown> }
