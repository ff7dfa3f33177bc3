import { readFileSync } from 'node:fs'
import { openApiDocument, problemTable, type Route, routes } from '@tidemark/wire'
import pino from 'pino'
import { expect, test } from 'vitest'
import { buildApp } from './app.js'
import type { Handlers } from './call.js'
import { pathMatcher } from './route-path.js'

const handlers = Object.fromEntries(Object.keys(routes).map((id) => [id, async () => id])) as unknown as Handlers
const gate = { keys: undefined as never, operatorToken: undefined, publicLogs: false }

test('the server answers what the OpenAPI document lists, and nothing else', async () => {
  const app = buildApp({ handlers, gate, log: pino({ level: 'silent' }) })
  await app.ready()
  const printed = app.printRoutes({ commonPrefix: false, includeHooks: false }).split('\n')
  const served = printed
    .filter((line) => !line.includes(' * '))
    .flatMap((line) => /\(([A-Z, ]+)\)$/.exec(line)?.[1]?.split(', ') ?? [])
    .filter((method) => method !== 'HEAD')
  const withRest = Object.values<Route>(routes).filter(({ path }) => path.includes('{+'))
  const document = openApiDocument('1') as { paths: Record<string, Record<string, unknown>> }
  const described = Object.values(document.paths).flatMap((methods) => Object.keys(methods))
  expect(served.length).toBe(described.length - withRest.length)
  for (const route of Object.values<Route>(routes)) {
    const url = route.path.replace(/\{\+[^}]+\}/, '*').replace(/\{([^}]+)\}/g, ':$1')
    expect(app.hasRoute({ method: route.method, url }), `${route.method} ${url}`).toBe(true)
    expect(document.paths[route.path.replace('{+', '{')]).toHaveProperty(route.method.toLowerCase())
  }
  await app.close()
})

test('an address of the table is told from one that is not', () => {
  expect(pathMatcher('/v1/events/{id}').test('/v1/events/7')).toBe(true)
  expect(pathMatcher('/v1/events/{id}').test('/v1/events/7/proof')).toBe(false)
  expect(pathMatcher('/t/{tenant}/tile/{+path}').test('/t/acme/tile/0/x001/234.p/5')).toBe(true)
  expect(pathMatcher('/style.css').test('/stylexcss')).toBe(false)
})

const guide = readFileSync(new URL('../../../../docs/http-api.md', import.meta.url), 'utf8')

test('the guide names every address', () => {
  for (const { path } of Object.values<Route>(routes))
    expect(guide, path).toContain(path === '/' ? '`/`' : path.replace('{+', '{'))
})

test('the guide lists every refusal with its status', () => {
  const listed = [...guide.matchAll(/^\| (`[a-z_]+`(?: · `[a-z_]+`)*) \| (\d{3}) \|/gm)].flatMap(([, codes, status]) =>
    codes!.split(' · ').map((code) => [code.slice(1, -1), Number(status)]),
  )
  expect(Object.fromEntries(listed)).toEqual(
    Object.fromEntries(Object.entries(problemTable).map(([code, { status }]) => [code, status])),
  )
})
