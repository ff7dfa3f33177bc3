import { expect, test } from 'vitest'
import { openApiDocument, openApiPath } from './openapi.js'
import { problemTable } from './problem.js'
import type { Route } from './route.js'
import { routes } from './routes.js'

type Operation = {
  operationId: string
  parameters: { name: string; in: string; required: boolean; schema: object }[]
  requestBody?: { content: Record<string, { schema: object }> }
  responses: Record<string, { description: string; content: Record<string, { schema: object }> }>
  security: Record<string, string[]>[]
}
const document = openApiDocument('0.1.0') as {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> }
}
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

test('the document is OpenAPI 3.1 and survives JSON', () => {
  expect(document.openapi).toMatch(/^3\.1\./)
  expect(document.info).toMatchObject({ title: 'Tidemark', version: '0.1.0' })
  expect(JSON.parse(JSON.stringify(document))).toEqual(document)
})

test('every route is one operation, and every operation is a route', () => {
  const fromRoutes = Object.values<Route>(routes).map(
    (route) => `${route.method.toLowerCase()} ${openApiPath(route.path)} ${route.id}`,
  )
  const fromDocument = operations.map(({ path, method, operation }) => `${method} ${path} ${operation.operationId}`)
  expect(fromDocument.sort()).toEqual(fromRoutes.sort())
})

test('route names are their keys', () => {
  for (const [key, route] of Object.entries(routes)) expect(route.id).toBe(key)
})

test('every parameter of an address is described and required, and no other', () => {
  for (const { path, operation } of operations) {
    const named = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1])
    const described = operation.parameters.filter((parameter) => parameter.in === 'path')
    expect(described.map((parameter) => parameter.name).sort()).toEqual(named.sort())
    expect(described.every((parameter) => parameter.required)).toBe(true)
  }
})

test('every operation has a success, at least one refusal as a problem, and a known security scheme', () => {
  for (const { operation } of operations) {
    const statuses = Object.keys(operation.responses).map(Number)
    expect(statuses.some((status) => status < 300)).toBe(true)
    expect(operation.responses[500]!.content).toHaveProperty('application/problem+json')
    for (const requirement of operation.security)
      for (const scheme of Object.keys(requirement)) expect(document.components.securitySchemes).toHaveProperty(scheme)
  }
})

test('every reference inside the document leads somewhere', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) =>
    match[1]!.split('/'),
  )
  expect(references.length).toBeGreaterThan(0)
  for (const steps of references) {
    let place: unknown = document
    for (const step of steps) place = (place as Record<string, unknown>)[step]
    expect(place, steps.join('/')).toBeDefined()
  }
})

test('optional query parameters are not marked as required, needed ones are', () => {
  const report = document.paths['/v1/reports/audit-summary']!.get!.parameters
  expect(report.filter((parameter) => parameter.required).map((parameter) => parameter.name)).toEqual(['from', 'to'])
})

test('every problem has a status that fits its family', () => {
  for (const { status } of Object.values(problemTable)) expect(status).toBeGreaterThanOrEqual(400)
})
