import { describe, expect, test } from 'vitest'
import { addressOfKey, ipKeyOf, parseIpRange } from './ip-range.js'

const shown = (text: string) => {
  const range = parseIpRange(text)
  return range && [addressOfKey(range.first), addressOfKey(range.last)]
}

describe('networks', () => {
  test.each([
    ['10.0.0.1', ['10.0.0.1', '10.0.0.1']],
    ['10.0.0.0/8', ['10.0.0.0', '10.255.255.255']],
    ['10.1.2.3/8', ['10.0.0.0', '10.255.255.255']],
    ['0.0.0.0/0', ['0.0.0.0', '255.255.255.255']],
    ['192.0.2.7/32', ['192.0.2.7', '192.0.2.7']],
    ['10.*', ['10.0.0.0', '10.255.255.255']],
    ['10.0.*.*', ['10.0.0.0', '10.0.255.255']],
    ['2001:db8::/32', ['2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff']],
    ['2001:DB8::1', ['2001:db8::1', '2001:db8::1']],
    ['::/0', ['::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff']],
    ['::ffff:10.0.0.0/104', ['10.0.0.0', '10.255.255.255']],
  ])('%s', (text, range) => expect(shown(text)).toEqual(range))

  test.each([
    '',
    '10',
    '10.0.0',
    '300.1.1.1',
    '10.0.0.1/33',
    '10.0.0.1/-1',
    '10.0.0.1/8/8',
    '10.0.0.01',
    '::1/129',
    '10.0.0.0.*',
    '1*',
    ':::',
    'x',
  ])('%s is none', (text) => expect(shown(text)).toBeNull())

  test('an IPv4 network does not reach into IPv6', () => {
    const range = parseIpRange('0.0.0.0/0')!
    const key = ipKeyOf('2001:db8::1')!
    expect(key >= range.first && key <= range.last).toBe(false)
  })
})
