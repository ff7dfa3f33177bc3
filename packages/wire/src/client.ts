import { gzipSync } from 'node:zlib'
import type { z } from 'zod'
import { ApiProblem, connectionProblem, problemOf } from './api-problem.js'
import type { EventAnswer } from './audit-event.js'
import type { IngestAnswer, IngestParameters } from './ingest.js'
import type { Route } from './route.js'
import { type RouteId, routes } from './routes.js'
import type { EventsPage, EventsParameters, StreamParameters } from './search.js'
import { type StreamOptions, streamEvents } from './stream-client.js'

type Routes = typeof routes
type ShapeOf<R, Name extends string> = R extends { [K in Name]: infer S extends z.ZodType } ? z.input<S> : undefined
type BodyOf<R> = R extends { body: { content: { 'application/json': infer S extends z.ZodType } } }
  ? z.input<S>
  : undefined
type SchemaOf<A> = A extends { schema: infer S extends z.ZodType } ? z.output<S> : string
type Answer<R> = R extends { answers: { 200: infer A } }
  ? SchemaOf<A>
  : R extends { answers: { 201: infer A } }
    ? SchemaOf<A>
    : never

/** What one call needs: parameters of the address, of the query, and the body. */
export type CallOptions<Id extends RouteId> = {
  readonly path?: ShapeOf<Routes[Id], 'pathParameters'>
  readonly query?: Partial<ShapeOf<Routes[Id], 'parameters'>>
  readonly body?: BodyOf<Routes[Id]>
  readonly signal?: AbortSignal
}

/** What a call answers with: the shape of the route's success, or its text. */
export type AnswerOf<Id extends RouteId> = Answer<Routes[Id]>

export type ClientOptions = {
  /** Address of the server, `http://127.0.0.1:7400`. */
  readonly url: string
  /** API key or operator token. */
  readonly key?: string | undefined
  readonly fetch?: typeof fetch
}

/**
 * Calls the HTTP API by route name, typed by the route table.
 *
 * Every refusal is an `ApiProblem` with the server's `code`; a server that cannot be reached has code `unreachable`.
 * Nothing is retried except the event stream, which resumes.
 */
export class TidemarkClient {
  readonly url: string
  readonly #key: string | undefined
  readonly #fetch: typeof fetch

  constructor(options: ClientOptions) {
    this.url = options.url.replace(/\/+$/, '')
    this.#key = options.key
    this.#fetch = options.fetch ?? fetch
  }

  /** Calls one route and gives the body of its success. */
  async call<Id extends RouteId>(id: Id, options: CallOptions<Id> = {}): Promise<AnswerOf<Id>> {
    const response = await this.request(id, options)
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return (isJson ? await response.json() : await response.text()) as AnswerOf<Id>
  }

  /** Calls one route and gives the response itself, for bytes and streams. Throws `ApiProblem` unless it succeeded. */
  async request<Id extends RouteId>(id: Id, options: CallOptions<Id> = {}): Promise<Response> {
    const route: Route = routes[id]
    const headers = new Headers()
    if (options.body !== undefined) headers.set('content-type', 'application/json')
    const body = options.body === undefined ? null : JSON.stringify(options.body)
    return this.#send(addressOf(route, options.path, options.query), {
      method: route.method,
      headers,
      body,
      signal: options.signal ?? null,
    })
  }

  /** Sends events as NDJSON text or bytes, compressed unless `gzip` is false. Answers once they are durable. */
  async ingest(
    ndjson: string | Uint8Array,
    options: Partial<IngestParameters> & { gzip?: boolean; signal?: AbortSignal } = {},
  ): Promise<IngestAnswer> {
    const { gzip = true, signal, ...query } = options
    const headers = new Headers({ 'content-type': 'application/x-ndjson' })
    if (gzip) headers.set('content-encoding', 'gzip')
    const body = gzip ? new Uint8Array(gzipSync(ndjson, { level: 1 })) : ndjson
    const address = addressOf(routes.ingestEvents, undefined, query)
    const response = await this.#send(address, {
      method: 'POST',
      headers,
      body,
      signal: signal ?? null,
    })
    return (await response.json()) as IngestAnswer
  }

  /** Every event that answers a question, page by page, at one tree size. */
  async *everyEvent(query: Partial<EventsParameters>, signal?: AbortSignal): AsyncGenerator<EventAnswer> {
    let cursor: string | null | undefined = query.cursor
    do {
      const page: EventsPage = await this.call('searchEvents', {
        query: { limit: 1000, ...query, ...(cursor && { cursor }) },
        ...(signal && { signal }),
      })
      yield* page.events
      cursor = page.cursor
    } while (cursor)
  }

  /** Events as they arrive, resumed after a lost connection from the last one seen. Ends when `signal` aborts. */
  stream(query: Partial<StreamParameters> = {}, options: StreamOptions = {}): AsyncGenerator<EventAnswer> {
    const open = (headers: Headers, signal: AbortSignal | undefined) =>
      this.#send(addressOf(routes.stream, undefined, query), { headers, signal: signal ?? null })
    return streamEvents(open, options)
  }

  async #send(address: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers)
    if (this.#key) headers.set('authorization', `Bearer ${this.#key}`)
    let response: Response
    try {
      response = await this.#fetch(this.url + address, { ...init, headers })
    } catch (cause) {
      if (init.signal?.aborted) throw cause
      throw connectionProblem(this.url, cause)
    }
    if (!response.ok) throw new ApiProblem(await problemOf(response))
    return response
  }
}

function addressOf(route: Route, path: object | undefined, query: object | undefined): string {
  const named = new Map(Object.entries(path ?? {}))
  const address = route.path.replace(/\{(\+?)([^}]+)\}/g, (_, rest, name) => {
    const value = String(named.get(name) ?? '')
    return rest ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value)
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value))
  return search.size > 0 ? `${address}?${search}` : address
}
