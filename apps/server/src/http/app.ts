import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { type Route, type RouteId, routes } from '@tidemark/wire'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { authorise, type Gate } from '../access/authorise.js'
import { Call, type Handlers } from './call.js'
import { readJsonBody } from './json-body.js'
import { parseParameters } from './parameters.js'
import { problemOfError } from './problem-of-error.js'
import { RequestProblem } from './request-problem.js'
import { pathMatcher } from './route-path.js'

export type AppParts = {
  readonly handlers: Handlers
  readonly gate: Gate
  readonly log: Logger
  /** Longest silence on a connection that waits for nothing. */
  readonly idleMs?: number
}

/** The HTTP server of the route table. Every request goes through one authorisation and one way of saying no. */
export function buildApp({ handlers, gate, log, idleMs = 120_000 }: AppParts): FastifyInstance {
  const boot = randomBytes(4).toString('hex')
  let requests = 0
  const app = Fastify({
    genReqId: () => `${boot}-${(++requests).toString(36)}`,
    bodyLimit: Number.MAX_SAFE_INTEGER,
    routerOptions: { maxParamLength: 200 },
    connectionTimeout: idleMs,
    keepAliveTimeout: 72_000,
    requestTimeout: 0,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: (error, socket) => refuseGarbage(error, socket as Socket),
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 2000, maxHeaderSize: headBytes },
    frameworkErrors: (error, request, reply) => answerProblem(error, request, reply, log),
  })
  // A client may close its side after the request and still be told how it ended.
  Object.assign(app.server, { httpAllowHalfOpen: true })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply, log))
  app.setNotFoundHandler((request, reply) => answerProblem(notFound(request.method, request.url), request, reply, log))
  app.addHook('onResponse', async (request) => letGoOfBody(request))
  for (const id of Object.keys(routes) as RouteId[]) serve(app, routes[id], handlers[id] as Handlers[RouteId], gate)
  return app
}

function serve(app: FastifyInstance, route: Route, handler: (call: Call<never>) => Promise<unknown>, gate: Gate): void {
  const success = successOf(route)
  app.route({
    method: route.method,
    exposeHeadRoute: route.access === 'open',
    url: route.path.replace(/\{\+[^}]+\}/, '*').replace(/\{([^}]+)\}/g, ':$1'),
    handler: async (request, reply) => {
      const named = pathParametersOf(route, request)
      const query = request.query as Record<string, unknown>
      const caller = await authorise(route, gate, { request: request.raw, tenant: named.tenant, log: query.log })
      const path = parseParameters(route.pathParameters, named, 'not_found')
      const parameters = parseParameters(route.parameters, query, 'invalid_parameter')
      const shape = route.id === 'ingestEvents' ? undefined : route.body?.content['application/json']
      const body = shape && (await readJsonBody(request.raw, shape, route.body?.required ?? false))
      reply.code(success.status)
      if (success.contentType) reply.type(success.contentType)
      return handler(new Call(caller, path as never, parameters as never, body as never, request, reply) as Call<never>)
    },
  })
}

/** Status and content type of what the route answers when all is well. */
function successOf(route: Route) {
  const [status, answer] = Object.entries(route.answers)[0]!
  const byDefault = answer.schema ? 'application/json; charset=utf-8' : undefined
  return { status: Number(status), contentType: answer.contentType ?? byDefault }
}

/** A rest parameter is matched as `*`; the route table gives its name. */
function pathParametersOf(route: Route, request: FastifyRequest): Record<string, string> {
  const { '*': rest, ...named } = request.params as Record<string, string>
  const restName = /\{\+([^}]+)\}/.exec(route.path)?.[1]
  return restName && rest !== undefined ? { ...named, [restName]: rest } : named
}

function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger): FastifyReply {
  const problem = problemOfError(error)
  const { code, status } = problem
  const line = { reference: request.id, code, status, method: request.method, route: request.routeOptions?.url }
  if (status >= 500) log.error({ ...line, err: problem.cause ?? problem }, 'request failed')
  else log.info({ ...line, parameter: problem.extra.parameter }, 'request refused')
  const { retryAfterSeconds } = problem.extra
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(Math.ceil(retryAfterSeconds)))
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="tidemark"')
  if (code === 'body_timeout') reply.header('connection', 'close')
  return reply
    .code(status)
    .type('application/problem+json')
    .send(Buffer.from(JSON.stringify(problem.toJson(request.id))))
}

function notFound(method: string, url: string): RequestProblem {
  const path = url.split('?', 1)[0]!
  const others = Object.values<Route>(routes).filter((route) => pathMatcher(route.path).test(path))
  if (others.length === 0) return new RequestProblem('not_found', 'There is nothing here; /docs lists what there is')
  const methods = others.map((route) => route.method).join(', ')
  return new RequestProblem('method_not_allowed', `This address answers ${methods}, not ${method}`)
}

const lingerMs = 2000
/** Address and headers of a request. The longest query that is answered has 36 KiB in the address. */
const headBytes = 64 * 1024

/** Reads on for a moment what a refused client still sends, so that it gets to see the answer; then hangs up. */
function letGoOfBody({ raw }: FastifyRequest): void {
  if (raw.complete || raw.destroyed) return
  raw.resume()
  const hangUp = setTimeout(() => raw.socket.destroy(), lingerMs)
  raw.once('close', () => clearTimeout(hangUp)).once('end', () => clearTimeout(hangUp))
}

function refuseGarbage(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const problem = problemOfParser(error.code)
  const body = JSON.stringify(problem.toJson('none'))
  const reason = problem.status === 408 ? 'Request Timeout' : 'Bad Request'
  socket.end(
    `HTTP/1.1 ${problem.status} ${reason}\r\ncontent-type: application/problem+json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}

/** What it was that the HTTP parser could not read. */
function problemOfParser(code: string | undefined): RequestProblem {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new RequestProblem('body_timeout', 'The request came too slowly')
    case 'HPE_HEADER_OVERFLOW':
      return new RequestProblem('invalid_parameter', `Address and headers may have ${headBytes} bytes together`)
    case 'HPE_INVALID_EOF_STATE':
      return new RequestProblem('body_incomplete', 'The connection ended before the whole request was here')
    default:
      return new RequestProblem('invalid_parameter', 'This is not an HTTP request')
  }
}
