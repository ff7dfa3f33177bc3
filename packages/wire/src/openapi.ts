import { z } from 'zod'
import { Problem, problemTable } from './problem.js'
import type { Access, Route } from './route.js'
import { routes } from './routes.js'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 document of the route table. `serverUrl` is where clients reach this installation. */
export function openApiDocument(version: string, serverUrl = '/'): Json {
  const paths: Record<string, Json> = {}
  for (const route of Object.values<Route>(routes)) {
    const path = openApiPath(route.path)
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Tidemark',
      version,
      summary: 'An audit trail that proves itself',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: serverUrl }],
    tags: [...new Set(Object.values<Route>(routes).map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: schema(Problem) },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'API key `tm_<id>_<secret>`; also as X-API-Key' },
        operator: {
          type: 'http',
          scheme: 'bearer',
          description: 'Token in data/run/admin.json, from this machine only',
        },
      },
    },
  }
}

/** `/t/{tenant}/tile/{+path}` as OpenAPI writes it. */
export const openApiPath = (path: string) => path.replace('{+', '{')

function operation(route: Route): Json {
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description && { description: route.description }),
    security: security(route.access),
    'x-tidemark-access': route.access,
    parameters: [...parameters(route.pathParameters, 'path'), ...parameters(route.parameters, 'query')],
    ...(route.body && { requestBody: { required: route.body.required, content: mediaTypes(route.body.content) } }),
    responses: { ...answers(route), ...refusals(route) },
  }
}

function security(access: Access): Json[] {
  if (access === 'open') return []
  if (access === 'operator') return [{ operator: [] }]
  if (access === 'log-files') return [{ key: ['verify'] }, {}]
  return access.map((scope) => ({ key: [scope] }))
}

function parameters(shape: z.ZodObject | undefined, place: 'path' | 'query'): Json[] {
  if (!shape) return []
  return Object.entries<z.ZodType>(shape.shape).map(([name, value]) => {
    const { description, ...rest } = schema(value)
    const required = place === 'path' || !value.safeParse(undefined).success
    return { name, in: place, required, ...(description !== undefined && { description }), schema: rest }
  })
}

function answers(route: Route): Json {
  return Object.fromEntries(
    Object.entries(route.answers).map(([status, answer]) => {
      const type = answer.contentType ?? 'application/json'
      const body = answer.schema ? schema(answer.schema) : { type: 'string' }
      return [status, { description: answer.description, content: { [type]: { schema: body } } }]
    }),
  )
}

/** One response per status, naming the codes that share it. */
function refusals(route: Route): Json {
  const codes = new Set([...route.problems, ...(route.access === 'open' ? [] : accessProblems), 'internal'] as const)
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  const answers: Record<number, { description: string; content: Json }> = {}
  for (const code of codes) {
    const { status } = problemTable[code]
    if (status in route.answers) continue
    const before = answers[status] ? `${answers[status].description}, ` : ''
    answers[status] = { description: `${before}\`${code}\``, content }
  }
  return answers
}

const accessProblems = ['unauthenticated', 'key_expired', 'key_revoked', 'missing_scope'] as const

const mediaTypes = (content: Readonly<Record<string, z.ZodType>>) =>
  Object.fromEntries(Object.entries(content).map(([type, shape]) => [type, { schema: schema(shape) }]))

function schema(shape: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(shape, { io: 'input', target: 'draft-2020-12' }) as Json
  return rest
}
