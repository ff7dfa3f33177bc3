import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fields } from '../fields/fields.js'
import { canonicalize } from '../json/canonical-json.js'
import { prepareEvent, prepareValue } from '../prepare.js'
import type { AuditEvent, ProducedEvent } from '../schema/event.js'
import { anyEvent } from '../testing/any-event.js'
import { fullEvent, withValue } from '../testing/full-event.js'
import { accepted, context, seen } from '../testing/preparing.js'
import { normalise } from '../values/normalise.js'
import { personalRecord } from './personal-record.js'
import { restoreEvent } from './restore.js'

const place = { tenant: 'acme', index: 7, receivedAt: '2025-01-15T12:00:00.000Z' }

/** A restored event as a producer would send it again. */
function withoutServerFields(event: AuditEvent): object {
  const { tenant, log, index, receivedAt, raw, client, ...rest } = event
  if (!client) return rest
  const { device, geo, ...produced } = client
  return { ...rest, client: produced }
}

describe('for any event', () => {
  test('putting the parts together gives the normalised event', () =>
    fc.assert(
      fc.property(anyEvent, (event) => {
        const normal = normalise(event, personalRecord(event, false).client, context)
        expect(seen(accepted(event))).toEqual({ ...place, ...normal })
      }),
      { numRuns: 200 },
    ))

  test('every part is canonical', () =>
    fc.assert(
      fc.property(anyEvent, (event) => {
        const { core, personal, content } = accepted(event)
        for (const part of [core, personal, content]) if (part !== '') expect(part).toBe(canonicalize(JSON.parse(part)))
      }),
      { numRuns: 200 },
    ))

  test('preparing what was restored gives the same bytes', () =>
    fc.assert(
      fc.property(anyEvent, (event) => {
        const first = accepted(event)
        expect(accepted(withoutServerFields(seen(first)))).toEqual(first)
      }),
      { numRuns: 200 },
    ))

  test('how the JSON was written makes no difference', () =>
    fc.assert(
      fc.property(anyEvent, (event) => {
        const first = accepted(event)
        expect(accepted(escapedEverywhere(event))).toEqual(first)
        expect(accepted(JSON.stringify(backwards(event), null, 2))).toEqual(first)
        expect(prepareValue(event, context)).toEqual({ event: first })
      }),
      { numRuns: 150 },
    ))

  test('a value that is prepared is not changed', () =>
    fc.assert(
      fc.property(anyEvent, (event) => {
        const before = structuredClone(event)
        prepareValue(event, context)
        expect(event).toEqual(before)
      }),
    ))
})

/** JSON with every character of every string written as an escape. */
function escapedEverywhere(event: ProducedEvent): string {
  const escaped = (text: string) =>
    `"${Array.from({ length: text.length }, (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')}"`
  return JSON.stringify(event).replace(/"(?:[^"\\]|\\.)*"/g, (token) => escaped(JSON.parse(token) as string))
}

/** The same value with the members of every object in the other order. */
function backwards(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(backwards)
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, backwards(member)]),
  )
}

test('every field lies in the part that the format gives it', () => {
  const { core, personal, content } = accepted(fullEvent)
  const partOf = {
    core: leaves(JSON.parse(core)),
    personal: leaves(JSON.parse(personal)),
    content: leaves(JSON.parse(content)),
  }
  for (const { path, part } of fields) {
    if (
      part === 'server' ||
      /^(raw|client\.geo)\./.test(path) ||
      ['onBehalfOf', 'targets', 'approval.chain'].includes(path)
    )
      continue
    const prefix = path.replace(/\*$/, '')
    for (const [name, paths] of Object.entries(partOf)) {
      const isThere = paths.some((leaf) => (path.endsWith('*') ? leaf.startsWith(prefix) : leaf === path))
      expect(isThere, `${path} in ${name}`).toBe(name === part)
    }
  }
})

/** Dotted paths of everything in a tree, list positions left out. */
function leaves(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path]
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, path))
  return Object.entries(value).flatMap(([name, member]) => leaves(member, path === '' ? name : `${path}.${name}`))
}

test('the parts of a small event are these bytes', () => {
  const { core, personal, content } = accepted({
    id: '01946A00-0000-7000-8000-00000000000A',
    action: 'auth.login',
    outcome: 'success',
    actor: { id: 'u-7', email: 'mira@example.com', role: 'admin' },
    resource: { type: 'session', id: 's-1', name: 'Web' },
    client: { ip: '::ffff:203.0.113.7' },
    details: { b: 1.0, a: 'é"' },
  })
  expect(core).toBe(
    '{"action":"auth.login","actor":{"id":"u-7","role":"admin","type":"user"},"category":"authentication","id":"01946a00-0000-7000-8000-00000000000a","level":"info","outcome":"success","resource":{"id":"s-1","type":"session"},"source":{"origin":"http","service":"audit"},"specVersion":"1.0","time":"2025-01-15T12:46:12.480Z"}',
  )
  expect(personal).toBe('{"actor":{"email":"mira@example.com"},"client":{"ip":"203.0.113.7"}}')
  expect(content).toBe('{"details":{"a":"é\\"","b":1},"message":"AUDIT: auth.login","resource":{"name":"Web"}}')
})

test('an event that says nothing personal has no personal part and no person', () => {
  const { personal, person, ipKey } = accepted(
    withValue(withValue(fullEvent, '/client', undefined), '/onBehalfOf', undefined),
  )
  expect(personal).not.toBe('')
  expect(person).toBe('u-7')
  expect(ipKey).toBe('')
  const bare = accepted({ action: 'a.b', outcome: 'success', actor: { id: 'u-7' }, resource: { type: 'x', id: 'y' } })
  expect(bare).toMatchObject({ personal: '', person: '', ipKey: '' })
})

test('a remembered person gives the same bytes as a new one', () => {
  const event = withValue(withValue(fullEvent, '/onBehalfOf', undefined), '/client/forwardedFor', undefined)
  const first = accepted(event)
  expect(accepted(event)).toEqual(first)
  const others = [
    '/actor/email',
    '/actor/name',
    '/actor/department',
    '/actor/status',
    '/client/ip',
    '/client/userAgent',
  ]
  const texts = others.map((pointer) => accepted(withValue(event, pointer, undefined)).personal)
  expect(new Set([first.personal, ...texts]).size).toBe(others.length + 1)
  expect(accepted(withValue(event, '/client/ip', '203.0.113.8')).ipKey).not.toBe(first.ipKey)
})

test('an erased person and withheld content leave the rest of the event', () => {
  const { core } = accepted(fullEvent)
  const event = restoreEvent(JSON.parse(core), undefined, undefined, {
    tenant: 'acme',
    log: 'acme/_audit',
    index: 0,
    receivedAt: 0,
  })
  expect(event).toMatchObject({
    log: 'acme/_audit',
    receivedAt: '1970-01-01T00:00:00.000Z',
    actor: { id: 'u-7' },
    targets: [{ id: 'u-8' }, { id: 'g-1' }],
  })
  expect(event.client).toBeUndefined()
  expect(event.details).toBeUndefined()
  expect(event.actor.email).toBeUndefined()
})

test('a foreign payload is named in core and kept in content', () => {
  const raw = { format: 'cloudtrail', sha256: 'ab'.repeat(32), payload: '{"eventName":"x\\n"}' }
  const answer = prepareEvent(JSON.stringify(fullEvent), { ...context, raw })
  if ('refusal' in answer) throw new Error(answer.refusal.reason)
  expect(JSON.parse(answer.event.core).raw).toEqual({ format: raw.format, sha256: raw.sha256 })
  expect(JSON.parse(answer.event.content).raw).toEqual({ payload: raw.payload })
  expect(seen(answer.event).raw).toEqual(raw)
})

test('the server’s own words are escaped even when the producer’s text needed none', () => {
  const answer = prepareEvent(
    '{"action":"a.b","outcome":"success","actor":{"id":"x"},"resource":{"type":"x","id":"y"}}',
    {
      ...context,
      defaultService: 'a "quoted" service',
    },
  )
  expect('event' in answer && seen(answer.event).source.service).toBe('a "quoted" service')
})
