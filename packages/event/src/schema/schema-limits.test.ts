import { describe, expect, test } from 'vitest'
import { fullEvent, withValue } from '../testing/full-event.js'
import { places } from '../testing/places.js'
import { firstProblem } from './explain.js'
import type { SchemaNode } from './schema-json.js'
import { isProducedEvent } from './validate.js'

const limitsOf = ({ pointer, node }: { pointer: string; node: SchemaNode }) =>
  [node.maxLength, node.maxItems, node.maxProperties]
    .filter((limit) => limit !== undefined)
    .map((limit) => [pointer, limit] as const)

/** The limits of the event format, written down a second time so that none changes unnoticed. */
const limits: Readonly<Record<string, number>> = {
  '/action': 128,
  '/error/code': 64,
  '/error/message': 1024,
  '/actor/id': 256,
  '/actor/role': 256,
  '/actor/roles': 64,
  '/actor/roles/0': 256,
  '/actor/email': 320,
  '/actor/name': 256,
  '/actor/department': 256,
  '/actor/status': 64,
  '/onBehalfOf': 5,
  '/onBehalfOf/0/id': 256,
  '/onBehalfOf/0/role': 256,
  '/onBehalfOf/0/roles': 64,
  '/onBehalfOf/0/roles/0': 256,
  '/onBehalfOf/0/email': 320,
  '/onBehalfOf/0/name': 256,
  '/onBehalfOf/0/department': 256,
  '/onBehalfOf/0/status': 64,
  '/resource/type': 64,
  '/resource/id': 256,
  '/resource/name': 256,
  '/resource/owner': 256,
  '/resource/classification': 64,
  '/targets': 20,
  '/targets/0/type': 64,
  '/targets/0/id': 256,
  '/targets/0/name': 256,
  '/targets/0/owner': 256,
  '/targets/0/classification': 64,
  '/source/service': 128,
  '/source/environment': 64,
  '/source/version': 128,
  '/source/host': 255,
  '/source/instance': 255,
  '/session/id': 256,
  '/request/id': 256,
  '/client/ip': 64,
  '/client/forwardedFor': 20,
  '/client/forwardedFor/0': 256,
  '/client/userAgent': 1024,
  '/clock/source': 64,
  '/message': 8192,
  '/change/changedFields': 1024,
  '/change/changedFields/0': 256,
  '/approval/status': 64,
  '/approval/requestId': 256,
  '/approval/reason': 1024,
  '/approval/chain': 20,
  '/approval/chain/0/approver': 256,
  '/approval/chain/0/decision': 64,
  '/approval/chain/0/comment': 1024,
  '/business/department': 256,
  '/business/project': 256,
  '/business/function': 256,
  '/business/customerId': 256,
  '/business/ticket': 256,
  '/labels': 20,
}

test('the limits are those of the format', () => {
  expect(Object.fromEntries(places.flatMap(limitsOf))).toEqual(limits)
})

describe.each(places.filter(({ node }) => node.maxLength !== undefined && node.pattern === undefined))(
  'text at $pointer',
  ({ pointer, node }) => {
    const max = node.maxLength!
    test.each(['x', 'é', '€', '😀'])('holds as many %s as its limit says, and no more', (character) => {
      const fits = withValue(fullEvent, pointer, character.repeat(max))
      const long = withValue(fullEvent, pointer, character.repeat(max + 1))
      expect(firstProblem(fits)).toBeNull()
      expect(firstProblem(long)).toMatchObject({ code: 'too_long', pointer })
      expect(isProducedEvent(long)).toBe(false)
    })

    test('is not empty', () => {
      expect(firstProblem(withValue(fullEvent, pointer, ''))).toMatchObject({ code: 'missing_field', pointer })
    })
  },
)

describe.each(places.filter(({ node }) => node.maxItems !== undefined))('the list at $pointer', ({ pointer, node }) => {
  const first = pointer
    .slice(1)
    .split('/')
    .reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], fullEvent) as unknown[]
  test('holds as many items as its limit says, and no more', () => {
    expect(firstProblem(withValue(fullEvent, pointer, new Array(node.maxItems!).fill(first[0])))).toBeNull()
    expect(firstProblem(withValue(fullEvent, pointer, new Array(node.maxItems! + 1).fill(first[0])))).toMatchObject({
      code: 'too_many',
      pointer,
    })
  })
})

test('an action has up to 128 characters and two to five words', () => {
  const problem = (action: string) => firstProblem(withValue(fullEvent, '/action', action))?.code
  expect(problem(`a.${'b'.repeat(126)}`)).toBeUndefined()
  expect(problem(`a.${'b'.repeat(127)}`)).toBe('too_long')
  expect(problem('a.b.c.d.e')).toBeUndefined()
  for (const bad of [
    'a.b.c.d.e.f',
    'login',
    'Auth.login',
    '1a.b',
    'a.',
    '.b',
    'a..b',
    'a-b.c',
    'a.B',
    'a.b\n',
    'auth.login ',
  ]) {
    expect(problem(bad)).toBe('invalid_value')
  }
})

test('labels: 20 pairs, names to 64 characters, values to 256, which may be empty', () => {
  const problem = (labels: object) => firstProblem(withValue(fullEvent, '/labels', labels))
  const pairs = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`l${i}`, 'v']))
  expect(problem(pairs(20))).toBeNull()
  expect(problem(pairs(21))).toMatchObject({ code: 'too_many', pointer: '/labels' })
  expect(problem({ ['n'.repeat(64)]: 'v'.repeat(256), empty: '' })).toBeNull()
  expect(problem({ ['n'.repeat(65)]: 'v' })).toMatchObject({ code: 'too_long', pointer: `/labels/${'n'.repeat(65)}` })
  expect(problem({ '': 'v' })).toMatchObject({ code: 'missing_field', pointer: '/labels/' })
  expect(problem({ a: 'v'.repeat(257) })).toMatchObject({ code: 'too_long', pointer: '/labels/a' })
  expect(problem({ a: 1 })).toMatchObject({ code: 'wrong_type', pointer: '/labels/a' })
})

test('a sequence counts from zero in whole numbers', () => {
  const problem = (sequence: unknown) => firstProblem(withValue(fullEvent, '/source/sequence', sequence))?.code
  expect([0, 1, Number.MAX_SAFE_INTEGER].map(problem)).toEqual([undefined, undefined, undefined])
  expect([-1, 1.5, '1'].map(problem)).toEqual(['invalid_value', 'wrong_type', 'wrong_type'])
})
