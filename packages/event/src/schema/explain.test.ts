import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fields } from '../fields/fields.js'
import { fullEvent, withValue } from '../testing/full-event.js'
import { places } from '../testing/places.js'
import { producedEvent } from './event.js'
import { firstProblem } from './explain.js'
import { eventSchema } from './schema-json.js'
import { fieldForForeignName } from './synonyms.js'
import { isProducedEvent } from './validate.js'

test('an event with every field fits', () => {
  expect(firstProblem(fullEvent)).toBeNull()
  expect(isProducedEvent(fullEvent)).toBe(true)
})

describe.each(places.filter(({ node }) => node.enum ?? node.const))('the word at $pointer', ({ pointer, node }) => {
  test('is one of those listed', () => {
    for (const word of node.enum ?? [node.const!]) expect(firstProblem(withValue(fullEvent, pointer, word))).toBeNull()
    expect(firstProblem(withValue(fullEvent, pointer, 'surely not'))).toMatchObject({ code: 'invalid_value', pointer })
  })
})

const oneOfEachType = { null: null, boolean: true, number: 1.5, string: 'text', array: [], object: {} }

describe.each(places.filter(({ pointer }) => pointer !== ''))('$pointer', ({ pointer, node }) => {
  test('has one JSON type', () => {
    const own = node.type === 'integer' ? 'number' : node.type
    for (const [type, value] of Object.entries(oneOfEachType)) {
      if (type === own) continue
      expect(firstProblem(withValue(fullEvent, pointer, value)), type).toMatchObject({ code: 'wrong_type', pointer })
    }
  })

  test('takes no unknown members', () => {
    if (node.additionalProperties !== false) return
    const surplus = `${pointer}/surplus`
    expect(firstProblem(withValue(fullEvent, surplus, 1))).toMatchObject({ code: 'unknown_field', pointer: surplus })
  })

  test('must have its required members', () => {
    for (const name of node.required ?? []) {
      const missing = `${pointer}/${name}`
      expect(firstProblem(withValue(fullEvent, missing, undefined))).toMatchObject({
        code: 'missing_field',
        pointer: missing,
      })
    }
  })
})

test('the required fields of an event are action, outcome, actor and resource', () => {
  expect(eventSchema.required).toEqual(['action', 'outcome', 'actor', 'resource'])
})

test('a misspelt field is named with what was meant, also when the right one is missing for it', () => {
  const { actor, ...rest } = fullEvent
  expect(firstProblem({ ...rest, acter: actor })).toEqual({
    code: 'unknown_field',
    pointer: '/acter',
    reason: 'expected a field of the audit event, found "acter"; did you mean actor?',
  })
  expect(firstProblem(withValue(fullEvent, '/actor/e_mail', 'x'))?.reason).toContain('did you mean email?')
  expect(firstProblem(withValue(fullEvent, '/outcome', 'sucess'))?.reason).toContain('did you mean success?')
  expect(firstProblem(withValue(fullEvent, '/zzz', 1))?.reason).toContain('own data belongs in details')
})

test.each(['/tenant', '/log', '/index', '/receivedAt', '/risk', '/raw', '/client/geo', '/client/device'])(
  '%s is for the server to set',
  (pointer) => {
    expect(firstProblem(withValue(fullEvent, pointer, 'x'))).toMatchObject({ code: 'server_field', pointer })
  },
)

test.each([null, true, 1, 'x', []])('%j is no event', (value) => {
  expect(firstProblem(value)).toMatchObject({ code: 'not_an_object', pointer: '' })
})

test('what can be queried is what the schema has', () => {
  const lists = new Set(['onBehalfOf', 'targets', 'approval.chain'])
  const setByServer = /^(raw|client\.(geo|device))\./
  const queried = fields.filter(({ path, part }) => part !== 'server' && !path.includes('*') && !setByServer.test(path))
  const inSchema = places.filter(({ node }) => node.type !== 'object')
  const names = (all: readonly { path: string }[]) =>
    new Set(all.map(({ path }) => path).filter((path) => !lists.has(path)))
  expect(names(queried)).toEqual(names(inSchema))
})

describe('for any damaged event', () => {
  const ajv = new Ajv2020({ validateFormats: false, strict: false, logger: false }).compile(eventSchema)
  const pointers = places.map(({ pointer }) => pointer).filter((pointer) => pointer !== '')
  const value = fc.oneof(
    fc.constantFrom(undefined, null, true, '', 0, -1, 1.5, [], {}, 'x', [{}], { id: 'x' }, { type: 'x', id: 'y' }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.nat({ max: 1100 }).map((length) => 'x'.repeat(length)),
  )
  const damaged = fc
    .array(fc.tuple(fc.constantFrom(...pointers, '/surplus', '/actor/surplus'), value), { maxLength: 3 })
    .map((wounds) => wounds.reduce<object>((event, [pointer, wound]) => tryValue(event, pointer, wound), fullEvent))

  test('the explanation, ajv and zod agree on whether it fits', () =>
    fc.assert(
      fc.property(damaged, (event) => {
        const fits = firstProblem(event) === null
        expect(fits).toBe(ajv(event))
        if (!/[\ud800-\udfff]/.test(JSON.stringify(event))) expect(fits).toBe(producedEvent.safeParse(event).success)
        if (isProducedEvent(event)) expect(fits).toBe(true)
      }),
      { numRuns: 2000 },
    ))

  test('the pointer of the explanation leads to the place or to the one that is missing', () =>
    fc.assert(
      fc.property(damaged, (event) => {
        const problem = firstProblem(event)
        if (problem === null) return
        const path = problem.pointer.slice(1).split('/')
        const parent = path.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], event)
        expect(typeof parent).toBe('object')
        const hasValue = (parent as Record<string, unknown>)[path.at(-1)!] !== undefined
        if (problem.code !== 'missing_field') expect(hasValue).toBe(true)
      }),
    ))
})

function tryValue(event: object, pointer: string, value: unknown): object {
  try {
    return withValue(event, pointer, value)
  } catch {
    return event
  }
}

test.each([
  ['/outcome', undefined, 'expected one of success, failure, denied, found nothing'],
  ['/action', undefined, 'expected noun before verb: `auth.login`, `role.update`, found nothing'],
  ['/action', 'Login', 'expected noun before verb: `auth.login`, `role.update`, found "Login"'],
  ['/id', '7', 'expected UUIDv7, found "7"'],
  ['/actor', undefined, 'expected an object, found nothing'],
  ['/actor/id', 7, 'expected a string, found a number'],
  ['/actor/roles', 'admin', 'expected an array, found a string'],
  ['/trace/traceId', 'x', 'expected W3C trace id, 32 hexadecimal digits, found "x"'],
  ['/error/code', 'x'.repeat(65), 'expected at most 64 characters, found 65'],
  ['/source/sequence', -1, 'expected at least 0, found -1'],
])('the reason at %s says what was expected and what was found', (pointer, value, reason) => {
  expect(firstProblem(withValue(fullEvent, pointer, value))?.reason).toBe(reason)
})

test.each([
  ['timestamp', 'time'],
  ['@timestamp', 'time'],
  ['userId', 'actor.id'],
  ['ip_address', 'client.ip'],
  ['severity', 'level'],
  ['actr_email', 'actor_email'],
  ['resourcetype', 'resource_type'],
])('a top-level %s may have been meant as %s', (name, field) => {
  expect(firstProblem(withValue(fullEvent, `/${name}`, 'x'))?.reason).toContain(`did you mean ${field}?`)
})

test('the names of other formats lead to fields that exist', () => {
  for (const name of ['timestamp', 'user', 'useragent', 'before', 'env', 'correlationid', 'tags', 'reason']) {
    const path = fieldForForeignName(name)!
    expect(
      places.some((place) => place.path === path),
      path,
    ).toBe(true)
  }
  expect(fieldForForeignName('constructor')).toBeUndefined()
})
