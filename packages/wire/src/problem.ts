import { z } from 'zod'
import { EventRefusal } from './event-refusal.js'

/**
 * Every refusal of the HTTP API: its code, the status it is sent with, and its title.
 *
 * The codes are API: a client decides by `code`, never by the words beside it.
 */
export const problemTable = {
  invalid_json: { status: 400, title: 'The body is not valid JSON' },
  invalid_encoding: { status: 400, title: 'The body is not what its headers say' },
  empty_body: { status: 400, title: 'The body holds nothing' },
  body_incomplete: { status: 400, title: 'The connection ended before the body did' },
  invalid_parameter: { status: 400, title: 'A parameter is not valid' },
  invalid_query: { status: 400, title: 'The query cannot be read' },
  invalid_cursor: { status: 400, title: 'The cursor is not one this server gave for this question' },
  unauthenticated: { status: 401, title: 'A valid API key is needed' },
  key_expired: { status: 401, title: 'The API key has expired' },
  key_revoked: { status: 401, title: 'The API key was revoked' },
  missing_scope: { status: 403, title: 'The API key may not do this' },
  not_found: { status: 404, title: 'There is nothing here' },
  method_not_allowed: { status: 405, title: 'This address does not answer that method' },
  body_timeout: { status: 408, title: 'The body came too slowly' },
  conflict: { status: 409, title: 'That already exists' },
  body_too_large: { status: 413, title: 'The body is too large' },
  too_many_events: { status: 413, title: 'Too many events in one request' },
  unsupported_media_type: { status: 415, title: 'This content type is not accepted here' },
  unsupported_encoding: { status: 415, title: 'This content encoding is not accepted here' },
  event_refused: { status: 422, title: 'The event was refused' },
  query_too_large: { status: 422, title: 'The query needs more memory than it may have' },
  internal: { status: 500, title: 'Something failed on our side' },
  overloaded: { status: 503, title: 'The server has enough to do right now' },
  ledger_unavailable: { status: 503, title: 'The ledger cannot take events right now' },
  quarantine_full: { status: 503, title: 'The quarantine is full' },
  index_unavailable: { status: 503, title: 'The index cannot answer right now' },
  query_timeout: { status: 503, title: 'The query took longer than it may' },
  shutting_down: { status: 503, title: 'The server is shutting down' },
} as const satisfies Record<string, { status: number; title: string }>

/** The stable name of one refusal. */
export type ProblemCode = keyof typeof problemTable

const codes = Object.keys(problemTable) as [ProblemCode, ...ProblemCode[]]

/** One thing wrong with a query text; `from`, `to` are offsets in UTF-16 units, `column` counts from 1. */
export const QueryProblem = z.object({
  code: z.enum(['syntax', 'unknown_field', 'bad_value', 'too_large', 'not_allowed']),
  from: z.number().int().min(0),
  to: z.number().int().min(0),
  column: z.number().int().min(1),
  found: z.string(),
  expected: z.string(),
  message: z.string(),
  suggestion: z.string().optional(),
})

/**
 * A refusal as it travels. Source: RFC 9457.
 *
 * `code` is stable, `detail` is for people, `reference` finds the request in the server's log.
 */
export const Problem = z.object({
  type: z.string().describe('Address of the page that explains this code'),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.enum(codes),
  reference: z.string().describe('Names this request in the server log'),
  parameter: z.string().optional().describe('The parameter that is not valid'),
  problems: z.array(QueryProblem).optional().describe('What is wrong with the query, first problem first'),
  refusal: EventRefusal.optional().describe('Why the event was refused'),
  retryAfterSeconds: z.number().optional(),
})

export type Problem = z.infer<typeof Problem>
export type QueryProblem = z.infer<typeof QueryProblem>
