import { expect, test } from 'vitest'
import { deviceOf } from './device.js'

test.each([
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
    { type: 'desktop', os: 'macOS', osVersion: '10.15.7', browser: 'Chrome', browserVersion: '126.0.0.0' },
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    { type: 'mobile', os: 'iOS', osVersion: '17.5', browser: 'Safari', browserVersion: '17.5' },
  ],
])('%s', (userAgent, device) => {
  expect(deviceOf(userAgent)).toEqual(device)
  expect(deviceOf(userAgent)).toBe(deviceOf(userAgent))
})

test.each(['x', '\u0000', '((((', '???', ' ', '/', 'a'.repeat(1024)])(
  'an unknown user agent tells nothing',
  (userAgent) => {
    expect(deviceOf(userAgent)).toBeUndefined()
  },
)

test('a name too long for its field is left out', () => {
  expect(deviceOf(`${'😀'.repeat(33)}/1.0 x`)?.browser).toBeUndefined()
})

test('a hostile user agent costs little', () => {
  const started = performance.now()
  for (const part of ['(', 'Mozilla/5.0 ', 'Chrome/1', ' ', 'a;', 'Version/']) deviceOf(part.repeat(1024 / part.length))
  expect(performance.now() - started).toBeLessThan(500)
})
