import { expect, test } from 'vitest'
import { EntryReader, readControl } from './entry.js'

const commit = 'A'.repeat(43)
const read = (text: string) => {
  const reader = new EntryReader()
  const bytes = Buffer.from(`xx${text}yy`)
  return reader.read(bytes, 2, bytes.length - 2) ? { reader, bytes } : null
}

test.each([
  [`{"c":"${commit}","k":"event","s":"api","t":1763757251478,"v":1}`, -1, '"api"', 1763757251478],
  [`{"c":"${commit}","k":"event","q":0,"s":"api/eu-1","t":0,"v":1}`, 0, '"api/eu-1"', 0],
  [`{"c":"${commit}","k":"event","q":9007199254740991,"s":"a\\"b\\\\","t":12,"v":1}`, 2 ** 53 - 1, '"a\\"b\\\\"', 12],
  [`{"c":"${commit}","k":"event","s":"größe","t":12,"v":1}`, -1, '"größe"', 12],
])('%s is read', (text, sequence, source, time) => {
  const { reader, bytes } = read(text)!
  expect(reader).toMatchObject({ isEvent: true, sequence, time, commitStart: 8 })
  expect(bytes.toString('utf8', reader.sourceStart, reader.sourceEnd)).toBe(source)
})

test.each([
  '',
  '{}',
  `{"c":"${commit}","k":"event","s":"api","t":12,"v":2}`,
  `{"c":"${commit}","k":"event","s":"api","t":012,"v":1}`,
  `{"c":"${commit}","k":"event","s":"api","t":,"v":1}`,
  `{"c":"${commit}","k":"event","s":"api","t":-1,"v":1}`,
  `{"c":"${commit}","k":"event","q":01,"s":"api","t":12,"v":1}`,
  `{"c":"${commit}","k":"event","q":9007199254740993,"s":"api","t":12,"v":1}`,
  `{"c":"${commit}","k":"event","s":"a"pi","t":12,"v":1}`,
  `{"c":"${commit}","k":"event","s":"api\\","t":12,"v":1}`,
  `{"c":"${commit}","k":"event","s":api,"t":12,"v":1}`,
  `{"c":"${commit}","k":"event","t":12,"v":1}`,
  `{"c":"${commit}A","k":"event","s":"api","t":12,"v":1}`,
  `{"c":"${commit}","k":"event","s":"api","t":12,"v":1} `,
  '{"b":{},"k":"event","t":1,"v":1}',
  '{"b":[],"k":"genesis","t":1,"v":1}',
  '{"b":{},"k":"genesis","t":1.5,"v":1}',
  '{"b":{},"k":"genesis","t":1,"v":1,"x":1}',
  '{"b":{} ,"k":"genesis","t":1,"v":1}',
])('%s is no entry', (text) => expect(read(text)).toBeNull())

test('a control entry is read', () => {
  const text = '{"b":{"origin":"tidemark.example/t/acme"},"k":"genesis","t":7,"v":1}'
  expect(read(text)!.reader).toMatchObject({ isEvent: false, time: 7, control: { k: 'genesis' } })
  expect(readControl(text)?.b).toEqual({ origin: 'tidemark.example/t/acme' })
})
