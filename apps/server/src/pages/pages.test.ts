import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.js'
import { homePage, type InstallationState } from './home.js'
import { html } from './html.js'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await server.keyFor('acme', ['read'])
})
afterAll(() => server.stop())
const get = (path: string) => fetch(server.url + path)

const state: InstallationState = {
  version: '1.2.3',
  url: 'http://localhost:7400',
  intake: 'ok',
  index: 'ok',
  indexLag: 0,
  treeSize: 1_234_567,
  checkpointAgeMs: 4000,
  stored: 10,
  held: 0,
  logs: undefined,
}

test.each(['/', '/docs'])('%s is a page without scripts, inline styles or anything from elsewhere', async (path) => {
  const response = await get(path)
  const text = await response.text()
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(response.headers.get('content-security-policy')).toContain("default-src 'self'; script-src 'none'")
  expect(text).not.toMatch(/<script|<style| style=| on[a-z]+=|javascript:/i)
  for (const [, address] of text.matchAll(/(?:src|href)="([^"]*)"/g)) expect(address).toMatch(/^[/#]/)
})

test('the first command names no tenant, so it works whatever the tenant is called', () => {
  expect(String(homePage(state))).toContain('TIDEMARK_KEY=$(npx tidemark key create --scopes write,read)')
})

test('every link of the pages leads somewhere', async () => {
  for (const path of ['/', '/docs']) {
    const text = await (await get(path)).text()
    for (const [, address] of text.matchAll(/href="(\/[^"]*)"/g))
      expect((await get(address!)).status, address).toBe(200)
    for (const [, anchor] of text.matchAll(/href="#([^"]*)"/g)) expect(text).toContain(` id="${anchor}"`)
  }
})

test('the first page says how things are, in words', () => {
  expect(homePage(state)).toContain('1,234,567')
  expect(homePage(state)).toContain('Taking events')
  expect(homePage({ ...state, intake: 'refusing' })).toContain('Something needs attention')
  expect(homePage({ ...state, index: 'behind', indexLag: 250_000 })).toContain('250,000 behind')
  expect(homePage({ ...state, checkpointAgeMs: undefined })).toContain('None yet')
})

test('tenants are not named on the first page unless their logs are public', async () => {
  expect(await (await get('/')).text()).not.toContain('/t/acme')
})

test('what is put into a page is escaped', () => {
  const evil = '"><script>alert(1)</script>'
  expect(html`<a title="${evil}">${evil}</a>`.text).not.toContain('<script')
  const logs = [{ path: evil, origin: evil, treeSize: 1, signedSize: 1, checkpointAgeMs: 1 }]
  expect(homePage({ ...state, url: evil, logs })).not.toContain('<script')
})

test('a host name that a client made up does not get into the page as markup', async () => {
  const { request } = await import('node:http')
  const { hostname, port } = new URL(server.url)
  const text = await new Promise<string>((resolve) =>
    request({ hostname, port, path: '/', headers: { host: '"><script>x' } }, (response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve(body))
    }).end(),
  )
  expect(text).not.toContain('<script')
})

test('metrics are in the form Prometheus reads', async () => {
  const response = await get('/metrics')
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  for (const line of (await response.text()).trimEnd().split('\n')) {
    expect(line).toMatch(
      /^(# (HELP [a-z_]+ .+|TYPE [a-z_]+ (counter|gauge))|[a-z_]+(\{[a-z_]+="[a-z_]+"\})? -?[0-9.e+-]+)$/,
    )
  }
})

test('the operations guide explains every metric', async () => {
  const guide = readFileSync(new URL('../../../../docs/operations.md', import.meta.url), 'utf8')
  const text = await (await get('/metrics')).text()
  for (const [, name] of text.matchAll(/^# TYPE (\S+)/gm)) expect(guide).toContain(`\`${name}`)
})

test('health and readiness answer without a key', async () => {
  expect(await (await get('/healthz')).text()).toBe('ok\n')
  const ready = await get('/readyz')
  expect(ready.status).toBe(200)
  expect(await ready.json()).toMatchObject({ ready: true, intake: 'ok' })
})
