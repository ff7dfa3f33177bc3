import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ElementScanner } from './element-scanner.js'

function scan(text: string): { elements: string[]; problem: ElementScanner['problem'] } {
  const body = Buffer.from(text)
  const scanner = new ElementScanner(body)
  const elements: string[] = []
  for (let range = scanner.next(); range; range = scanner.next())
    elements.push(body.toString('utf8', range.start, range.end))
  return { elements, problem: scanner.problem }
}

test('an array, an envelope and a single event are told apart', () => {
  expect(scan(' [ {"a":1} , {"b":[2,"]"]} ] ').elements).toEqual(['{"a":1}', '{"b":[2,"]"]}'])
  expect(scan('{ "events" : [ {"a":1},{"b":"\\"}"} ] } ').elements).toEqual(['{"a":1}', '{"b":"\\"}"}'])
  expect(scan('{"action":"x","events_":[1]}').elements).toEqual(['{"action":"x","events_":[1]}'])
  expect(scan('\ufeff[1]').elements).toEqual(['1'])
})

test('elements that are not objects are still elements, each by itself', () => {
  expect(scan('[1, "two", null, tru, [3]]').elements).toEqual(['1', '"two"', 'null', 'tru', '[3]'])
})

test('no elements are no problem', () => {
  expect(scan('[]')).toEqual({ elements: [], problem: undefined })
  expect(scan('{"events":[ ]}')).toEqual({ elements: [], problem: undefined })
  expect(scan(' \n')).toEqual({ elements: [], problem: undefined })
})

test.each([
  ['x', 0],
  ['[1,]', 3],
  ['[,1]', 1],
  ['[1 2]', 3],
  ['[1', 2],
  ['[{"a":1]', 7],
  ['[{"a":"1}]', 10],
  ['[1] 2', 4],
  ['{"a":1} {"b":2}', 8],
  ['{"events":[1]', 13],
  ['{"events":[1],"more":2}', 13],
])('%s is refused at byte %i', (text, offset) => {
  expect(scan(text).problem?.offset).toBe(offset)
})

test('brackets without end do not fill the memory', () => {
  expect(scan('['.repeat(100_000)).problem?.expected).toContain('levels')
})

test('whatever JSON.stringify writes comes apart into its elements', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.boolean(), fc.nat(4), (values, isEnvelope, indent) => {
      const text = JSON.stringify(isEnvelope ? { events: values } : values, null, indent)
      const { elements, problem } = scan(text)
      expect(problem).toBeUndefined()
      expect(elements.map((element) => JSON.parse(element))).toEqual(JSON.parse(JSON.stringify(values)))
    }),
  )
})

test('a byte changed anywhere never loses or invents an element in silence', () => {
  const text = JSON.stringify([{ a: 'x"\\', b: [1, { c: '}' }] }, { d: null }])
  for (let at = 0; at < text.length; at++) {
    for (const byte of ['"', '{', ']', ',', '\\', 'z', ' ']) {
      const broken = text.slice(0, at) + byte + text.slice(at + 1)
      const { elements, problem } = scan(broken)
      let whole: unknown
      try {
        whole = JSON.parse(broken)
      } catch {
        whole = undefined
      }
      if (Array.isArray(whole)) expect(elements.map((element) => JSON.parse(element))).toEqual(whole)
      else if (!problem && whole === undefined) expect(elements.some(isBroken)).toBe(true)
    }
  }
})

function isBroken(element: string): boolean {
  try {
    JSON.parse(element)
    return false
  } catch {
    return true
  }
}
