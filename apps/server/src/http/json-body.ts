import type { IncomingMessage } from 'node:http'
import type { z } from 'zod'
import { readBody } from '../intake/read-body.js'
import { RequestProblem } from './request-problem.js'

/** Bodies of administrative calls are small; a repaired event is the largest thing in one. */
const limits = { requestBytes: 2 * 1024 * 1024, bodyIdleMs: 10_000, bodyTotalMs: 30_000 }
const unlimited = { take: () => undefined, release: () => undefined }

/** The JSON body of an administrative call, checked against its shape. No body at all is `{}` unless it is required. */
export async function readJsonBody<Shape extends z.ZodType>(
  request: IncomingMessage,
  shape: Shape,
  isRequired: boolean,
): Promise<z.output<Shape>> {
  const bytes = await readBody(request, limits, unlimited)
  if (bytes.length === 0 && isRequired) throw new RequestProblem('empty_body', 'This needs a JSON body')
  if (bytes.length > 0 && !/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new RequestProblem('unsupported_media_type', 'Send the body as application/json')
  }
  const parsed = shape.safeParse(bytes.length === 0 ? {} : parseJson(bytes))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  const parameter = issue.path.join('.').slice(0, 60)
  throw new RequestProblem('invalid_parameter', `${parameter || 'body'}: ${issue.message}`, { parameter })
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new RequestProblem('invalid_json', 'The body is not valid JSON')
  }
}
