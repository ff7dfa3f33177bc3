import { isIP } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAddress } from './ip.js'

const MAPPED = '00000000000000000000ffff'

test.each([
  ['10.0.0.1', '10.0.0.1', `${MAPPED}0a000001`],
  ['255.255.255.255', '255.255.255.255', `${MAPPED}ffffffff`],
  ['::ffff:10.0.0.1', '10.0.0.1', `${MAPPED}0a000001`],
  ['::FFFF:0a00:0001', '10.0.0.1', `${MAPPED}0a000001`],
  ['10.0.0.1:443', '10.0.0.1', `${MAPPED}0a000001`],
  ['::1', '::1', '00000000000000000000000000000001'],
  ['::', '::', '0'.repeat(32)],
  ['[::1]', '::1', '00000000000000000000000000000001'],
  ['[::1]:443', '::1', '00000000000000000000000000000001'],
  ['[2001:DB8::1%eth0]:443', '2001:db8::1', '20010db8000000000000000000000001'],
  ['fe80::1%eth0', 'fe80::1', 'fe800000000000000000000000000001'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1', '20010db8000000000001000000000001'],
  ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1', '20010db8000000000000000000000001'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1', '20010db8000000010001000100010001'],
  ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0', '00010002000300040005000600070000'],
  ['64:ff9b::192.0.2.33', '64:ff9b::c000:221', '0064ff9b0000000000000000c0000221'],
])('%s is %s', (given, text, key) => {
  expect(parseAddress(given)).toEqual({ text, key })
  expect(parseAddress(text)).toEqual({ text, key })
})

test.each([
  ...[
    '',
    'localhost',
    'cloudtrail.amazonaws.com',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.01',
    '0x7f.0.0.1',
    '10.0.0.1.',
    '2130706433',
  ],
  ...[
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '12345::',
    'g::',
    ':::',
    ':1',
    '1:',
    '::1%',
    '%eth0',
  ],
  ...[
    '[::1',
    '::1]:443',
    '[10.0.0.1',
    '10.0.0.1:',
    '10.0.0.1:123456',
    '::ffff:10.0.0.256',
    '10.0.0.1::',
    ' 10.0.0.1',
    '10.0.0.1/8',
    '٣.0.0.1',
  ],
])('%s is no address', (given) => {
  expect(parseAddress(given)).toBeNull()
})

test('what Node takes for an address is one, and the other way round', () =>
  fc.assert(
    fc.property(
      fc.oneof(fc.ipV4(), fc.ipV6(), fc.string({ unit: fc.constantFrom(...'01aF:.'), maxLength: 20 })),
      (given) => {
        const hasPort = /^[\d.]+:\d+$/.test(given)
        if (!hasPort) expect(parseAddress(given) !== null).toBe(isIP(given) !== 0)
      },
    ),
    { numRuns: 3000 },
  ))

test('an IPv6 address becomes the text that URL parsers give it', () =>
  fc.assert(
    fc.property(fc.ipV6(), (given) => {
      const found = parseAddress(given)!
      const mapped = found.key.startsWith(MAPPED)
      if (!mapped) expect(`[${found.text}]`).toBe(new URL(`http://[${given}]/`).hostname)
    }),
  ))
