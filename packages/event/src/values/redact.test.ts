import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { REDACTED, redactor } from './redact.js'

const { tree, text } = redactor()

test.each([
  ...['password', 'Password', 'newPassword', 'user_password', 'PASSWORDS', 'passwd', 'db.pwd', 'passwordHash'],
  ...[
    'token',
    'accessToken',
    'refresh-token',
    'X-Auth-Token',
    'csrf_token',
    'secret',
    'clientSecret',
    'SecretAccessKey',
    'secrets',
  ],
  ...[
    'authorization',
    'Authorization',
    'Proxy-Authorization',
    'cookie',
    'Set-Cookie',
    'api_key',
    'apiKey',
    'APIKey',
    'X-API-Key',
    'stripeAPIKey',
  ],
  ...['privateKey', 'credentials', 'totp', 'pin', 'cvv', 'recoveryCodes', 'jwt', 'connection string'],
])('the value of %s is redacted', (name) => {
  expect(tree({ [name]: 'x' })).toEqual({ [name]: REDACTED })
  expect(tree({ a: [{ [name]: { deep: 1 } }] })).toEqual({ a: [{ [name]: REDACTED }] })
})

test.each([
  ...[
    'passwordPolicy',
    'password_changed_at',
    'tokenCount',
    'secretName',
    'secretId',
    'authorizationDecision',
    'apiKeyId',
    'keyboard',
    'spin',
  ],
  ...['mapping', 'pinned', 'cookieConsent', 'author', 'publicKey', ''],
])('the value of %s stays', (name) => {
  expect(tree({ [name]: 'x' })).toEqual({ [name]: 'x' })
})

test('null, true and false tell nothing and stay; numbers, lists and objects go', () => {
  expect(tree({ password: null, token: true, pin: 1234, secrets: ['a'], cookie: { a: 1 } })).toEqual({
    password: null,
    token: true,
    pin: REDACTED,
    secrets: REDACTED,
    cookie: REDACTED,
  })
})

test('pairs of a secret name and a value are redacted', () => {
  expect(
    tree([
      { name: 'Authorization', value: 'Bearer x' },
      { key: 'color', value: 'red' },
    ]),
  ).toEqual([
    { name: 'Authorization', value: REDACTED },
    { key: 'color', value: 'red' },
  ])
  expect(tree({ displayName: 'Password', oldValue: 'a', newValue: 'b' })).toEqual({
    displayName: 'Password',
    oldValue: REDACTED,
    newValue: REDACTED,
  })
})

test.each([
  ['/login?token=abc&next=/home', '/login?token=[redacted]&next=/home'],
  ['https://x.test/a?b=1&API_KEY=abc#top', 'https://x.test/a?b=1&API_KEY=[redacted]#top'],
  ['https://x.test/cb#access_token=abc&state=1', 'https://x.test/cb#access_token=[redacted]&state=1'],
  ['password=abc&user=eve', 'password=[redacted]&user=eve'],
  ['/a?pass%77ord=abc', '/a?pass%77ord=[redacted]'],
  ['/a?%E0%A4%A=abc', '/a?%E0%A4%A=abc'],
  ['GET /a?token=abc HTTP/1.1', 'GET /a?token=[redacted] HTTP/1.1'],
  ['postgres://app:s3cret@db.test/main?sslmode=require', 'postgres://app:[redacted]@db.test/main?sslmode=require'],
  ['redis://:s3cret@cache.test', 'redis://:[redacted]@cache.test'],
  ['https://x.test:8443/a@b', 'https://x.test:8443/a@b'],
  ['a = b, c=d', 'a = b, c=d'],
])('%s becomes %s', (given, clean) => {
  expect(text(given)).toBe(clean)
  expect(tree({ a: [given] })).toEqual({ a: [clean] })
})

test('the list of names is the operator’s to choose', () => {
  const own = redactor(['iban', 'Social Security Number'])
  expect(own.tree({ customerIban: 'x', socialSecurityNumber: 'y', password: 'z' })).toEqual({
    customerIban: REDACTED,
    socialSecurityNumber: REDACTED,
    password: 'z',
  })
})

describe('for any tree', () => {
  test('one without secrets is given back as it is, not copied', () =>
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue({ stringUnit: fc.constantFrom('x', 'y') })),
        (value) => {
          expect(tree(value)).toBe(value)
        },
      ),
    ))

  test('the input is not changed, and redacting twice is redacting once', () =>
    fc.assert(
      fc.property(
        fc.object({
          key: fc.constantFrom('token', 'a', '__proto__', 'b'),
          values: [fc.string(), fc.constant('?token=1'), fc.nat()],
        }),
        (value) => {
          const before = JSON.stringify(value)
          const once = tree(value)
          expect(JSON.stringify(value)).toBe(before)
          expect(tree(once)).toEqual(once)
        },
      ),
    ))
})

test('a long hostile text is looked through in no time', () => {
  const started = performance.now()
  text(`?${'a='.repeat(100_000)}`)
  text(`://${':'.repeat(100_000)}`)
  text('://'.repeat(60_000))
  tree({ ['aB'.repeat(100_000)]: 1 })
  expect(performance.now() - started).toBeLessThan(1000)
})
