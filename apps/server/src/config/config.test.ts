import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadConfig } from './config.js'
import { settings } from './settings.js'

test('without anything said, every setting has its default', () => {
  const config = loadConfig({}, {})
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 7400,
    requestBytes: 67_108_864,
    bodyIdleMs: 10_000,
    publicLogs: false,
  })
  expect(config.headDir).toBe(`${config.dataDir}-head`)
})

test('options win over the environment', () => {
  const config = loadConfig(
    { port: 0 },
    { TIDEMARK_PORT: '9000', TIDEMARK_QUERY_TIMEOUT: '5s', TIDEMARK_PUBLIC_LOGS: 'yes' },
  )
  expect(config).toMatchObject({ port: 0, queryTimeoutMs: 5000, publicLogs: true })
})

test('every wrong setting is named at once by its variable', () => {
  const wrong = {
    TIDEMARK_PORT: 'x',
    TIDEMARK_REQUEST_BYTES: '64 apples',
    TIDEMARK_PROT: '1',
    TIDEMARK_PUBLIC_URL: 'ftp://a',
  }
  expect(() => loadConfig({}, wrong)).toThrow(
    expect.objectContaining({
      code: 'invalid_config',
      message: expect.stringMatching(/PORT.*\n|REQUEST_BYTES|TIDEMARK_PROT|PUBLIC_URL/s),
    }),
  )
  for (const name of Object.keys(wrong)) expect(() => loadConfig({}, wrong)).toThrow(name)
})

test('the variables of the command line are not taken for misspelt settings', () => {
  expect(() => loadConfig({}, { TIDEMARK_URL: 'http://x', TIDEMARK_KEY: 'tm_a_b' })).not.toThrow()
})

test('the operations guide lists every setting and no other', () => {
  const guide = readFileSync(new URL('../../../../docs/operations.md', import.meta.url), 'utf8')
  const listed = [...guide.matchAll(/^\| `(TIDEMARK_[A-Z_]+)` \|/gm)].map((match) => match[1])
  expect(listed.sort()).toEqual(
    Object.values(settings)
      .map(({ env }) => env as string)
      .sort(),
  )
})
