import { describe, expect, test } from 'vitest'
import { limits } from '../limits.js'
import { prepareEvent } from '../prepare.js'
import { fullEvent, withValue } from '../testing/full-event.js'
import { accepted, context, refused, seen } from '../testing/preparing.js'
import { redactor } from './redact.js'

const small = { action: 'a.b', outcome: 'success', actor: { id: 'u-7' }, resource: { type: 'x', id: 'y' } }
const hour = 60 * 60 * 1000
const at = (ms: number) => new Date(ms).toISOString()

describe('defaults', () => {
  test('of the smallest event', () => {
    expect(seen(accepted(small))).toEqual({
      tenant: 'acme',
      index: 7,
      receivedAt: '2025-01-15T12:00:00.000Z',
      specVersion: '1.0',
      id: context.newId(),
      time: '2025-01-15T12:00:00.000Z',
      category: 'business_process',
      level: 'info',
      message: 'AUDIT: a.b',
      source: { service: 'audit', origin: 'http' },
      ...small,
      actor: { id: 'u-7', type: 'user' },
    })
  })

  test.each([
    ['success', 'info'],
    ['failure', 'error'],
    ['denied', 'warn'],
  ])('the level of a %s is %s', (outcome, level) => {
    expect(seen(accepted({ ...small, outcome })).level).toBe(level)
    expect(seen(accepted({ ...small, outcome, level: 'debug' })).level).toBe('debug')
  })

  test.each([
    ['auth.login', 'authentication'],
    ['role.update', 'access_control'],
    ['widget.update', 'data_change'],
    ['widget.get', 'data_access'],
    ['payment.get', 'data_access'],
    ['payment.frobnicate', 'financial'],
  ])('the category of %s is %s', (action, category) => {
    expect(seen(accepted({ ...small, action })).category).toBe(category)
    expect(seen(accepted({ ...small, action, category: 'privacy' })).category).toBe('privacy')
  })

  test('an actor called unknown is anonymous unless said otherwise', () => {
    expect(seen(accepted({ ...small, actor: { id: 'unknown', email: 'eve@example.com' } })).actor).toEqual({
      id: 'unknown',
      type: 'anonymous',
      email: 'eve@example.com',
    })
    expect(seen(accepted({ ...small, actor: { id: 'unknown', type: 'service' } })).actor.type).toBe('service')
    expect(seen(accepted({ ...small, onBehalfOf: [{ id: 'unknown' }, { id: 'x' }] })).onBehalfOf).toEqual([
      { id: 'unknown', type: 'anonymous' },
      { id: 'x', type: 'user' },
    ])
  })

  test('what the source says about itself wins over what the server thinks', () => {
    expect(seen(accepted({ ...small, source: { service: 'billing', origin: 'sdk' } })).source).toEqual({
      service: 'billing',
      origin: 'sdk',
    })
    expect(seen(accepted({ ...small, source: { host: 'h' } })).source).toEqual({
      service: 'audit',
      origin: 'http',
      host: 'h',
    })
  })

  test('a sequence is handed to the ledger', () => {
    expect(accepted(fullEvent).sequence).toBe(41)
    expect(accepted(small).sequence).toBeUndefined()
  })
})

describe('time', () => {
  const id = (ms: number) =>
    `${ms
      .toString(16)
      .padStart(12, '0')
      .replace(/^(.{8})/, '$1-')}-7000-8000-000000000000`

  test('comes from the event, else from its id, else from the server', () => {
    expect(seen(accepted({ ...small, id: id(5), time: at(7) })).time).toBe(at(7))
    expect(seen(accepted({ ...small, id: id(5) })).time).toBe(at(5))
    expect(seen(accepted(small)).time).toBe(at(context.now))
  })

  test('may be 24 hours ahead of the server, and no more', () => {
    const limit = context.now + 24 * hour
    expect(seen(accepted({ ...small, time: at(limit) })).time).toBe(at(limit))
    expect(refused({ ...small, time: at(limit + 1) })).toMatchObject({ code: 'time_in_future', pointer: '/time' })
    expect(seen(accepted({ ...small, id: id(limit) })).time).toBe(at(limit))
    expect(refused({ ...small, id: id(limit + 1) })).toMatchObject({ code: 'time_in_future', pointer: '/id' })
  })

  test('that is none is refused, in decisions too', () => {
    expect(refused({ ...small, time: '15.1.2025' })).toMatchObject({ code: 'invalid_time', pointer: '/time' })
    expect(refused(withValue(fullEvent, '/approval/chain/1/at', '2025-02-30T00:00:00Z'))).toMatchObject({
      code: 'invalid_time',
      pointer: '/approval/chain/1/at',
    })
    expect(
      seen(accepted(withValue(fullEvent, '/approval/chain/1/at', '2025-01-15T10:00:00+01:00'))).approval?.chain?.[1]
        ?.at,
    ).toBe('2025-01-15T09:00:00.000Z')
  })
})

describe('client', () => {
  test('addresses are stored in one form and keyed for ranges', () => {
    const event = accepted({ ...small, client: { ip: '[2001:DB8::0:1%en0]:443' } })
    expect(seen(event).client).toEqual({ ip: '2001:db8::1' })
    expect(event.ipKey).toBe('20010db8000000000000000000000001')
    expect(event.person).toBe('u-7')
  })

  test('what is no address is refused', () => {
    expect(refused({ ...small, client: { ip: 'office' } })).toMatchObject({ code: 'invalid_ip', pointer: '/client/ip' })
  })

  test('the device is read from the user agent', () => {
    expect(seen(accepted(fullEvent)).client?.device).toEqual({
      type: 'desktop',
      os: 'macOS',
      osVersion: '10.15.7',
      browser: 'Chrome',
      browserVersion: '126.0.0.0',
    })
  })
})

describe('change', () => {
  test('changed fields are computed, removed ones too, before secrets are taken out', () => {
    const change = { previous: { a: 1, b: 1, password: 'old' }, next: { a: 1, c: 1, password: 'new' } }
    expect(seen(accepted({ ...small, change })).change).toEqual({
      previous: { a: 1, b: 1, password: '[redacted]' },
      next: { a: 1, c: 1, password: '[redacted]' },
      changedFields: ['b', 'c', 'password'],
    })
  })

  test('given ones stay, and one state alone has none', () => {
    expect(
      seen(accepted({ ...small, change: { previous: { a: 1 }, next: {}, changedFields: [] } })).change?.changedFields,
    ).toEqual([])
    expect(seen(accepted({ ...small, change: { previous: { a: 1 } } })).change).toEqual({ previous: { a: 1 } })
  })

  test('1024 fields may change, and no more', () => {
    const next = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, 1]))
    expect(seen(accepted({ ...small, change: { previous: {}, next: next(1024) } })).change?.changedFields).toHaveLength(
      1024,
    )
    expect(refused({ ...small, change: { previous: {}, next: next(1025) } })).toMatchObject({
      code: 'too_many',
      pointer: '/change',
    })
  })

  test('a changed field has a name of up to 256 characters', () => {
    const state = (length: number) => ({ previous: {}, next: { ['n'.repeat(length)]: 1 } })
    expect(seen(accepted({ ...small, change: state(256) })).change?.changedFields?.[0]).toHaveLength(256)
    expect(refused({ ...small, change: state(257) })).toMatchObject({ code: 'too_long', pointer: '/change' })
  })
})

describe('approval', () => {
  const approval = (approver: string) => ({
    approval: {
      chain: [
        { approver: 'u-1', decision: 'escalated' },
        { approver, decision: 'approved' },
      ],
    },
  })

  test('who asked cannot be who approved', () => {
    expect(refused({ ...small, ...approval('u-7') })).toMatchObject({
      code: 'self_approval',
      pointer: '/approval/chain/1/approver',
    })
    expect(() => accepted({ ...small, ...approval('u-8') })).not.toThrow()
  })

  test('nor can the person for whom someone acted', () => {
    expect(refused({ ...small, ...approval('u-9'), onBehalfOf: [{ id: 'u-9' }] })).toMatchObject({
      code: 'self_approval',
    })
  })

  test('in an event about the decision the actor is who decides', () => {
    expect(() => accepted({ ...small, action: 'access.approve', ...approval('u-7') })).not.toThrow()
    expect(
      refused({ ...small, action: 'access.approve', ...approval('u-9'), onBehalfOf: [{ id: 'u-9' }] }),
    ).toMatchObject({ code: 'self_approval' })
  })

  test('nobody authenticated is not a person who asked', () => {
    expect(() => accepted({ ...small, actor: { id: 'unknown' }, ...approval('unknown') })).not.toThrow()
  })
})

describe('sizes', () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) })
  const lists = (levels: number): unknown => (levels === 0 ? 1 : [lists(levels - 1)])

  test('details are up to 8 levels deep, states up to 32', () => {
    expect(() => accepted({ ...small, details: nested(8) })).not.toThrow()
    expect(() => accepted({ ...small, details: { a: lists(7) } })).not.toThrow()
    expect(refused({ ...small, details: nested(9) })).toMatchObject({ code: 'too_deep', pointer: '/details' })
    expect(refused({ ...small, details: { a: lists(8) } })).toMatchObject({ code: 'too_deep', pointer: '/details' })
    for (const side of ['previous', 'next']) {
      expect(() => accepted({ ...small, change: { [side]: nested(32) } })).not.toThrow()
      expect(refused({ ...small, change: { [side]: nested(33) } })).toMatchObject({
        code: 'too_deep',
        pointer: `/change/${side}`,
      })
    }
  })

  test('details are up to 32 KiB of canonical JSON', () => {
    const details = (bytes: number) => ({ ...small, details: { a: 'é'.repeat((bytes - 8) / 2) } })
    expect(() => accepted(details(limits.detailsBytes))).not.toThrow()
    expect(refused(details(limits.detailsBytes + 2))).toMatchObject({ code: 'too_long', pointer: '/details' })
    expect(() => accepted(JSON.stringify(details(limits.detailsBytes), null, 4))).not.toThrow()
  })

  test('a message is up to 8 KiB', () => {
    expect(() => accepted({ ...small, message: `${'€'.repeat(2730)}ab` })).not.toThrow()
    expect(refused({ ...small, message: `${'€'.repeat(2730)}abc` })).toMatchObject({
      code: 'too_long',
      pointer: '/message',
    })
    expect(() => accepted({ ...small, message: '😀'.repeat(2048) })).not.toThrow()
    expect(refused({ ...small, message: '😀'.repeat(2049) })).toMatchObject({ code: 'too_long', pointer: '/message' })
  })

  test('an event is up to 256 KiB as it was sent', () => {
    const padded = (bytes: number) => {
      const text = JSON.stringify({ ...small, change: { next: { a: 'é' } } })
      return text + ' '.repeat(bytes - Buffer.byteLength(text))
    }
    expect(() => accepted(padded(limits.eventBytes))).not.toThrow()
    expect(refused(padded(limits.eventBytes + 1))).toMatchObject({ code: 'event_too_large', pointer: '' })
  })
})

describe('secrets', () => {
  const url = 'https://app.test/reset?token=abc&lang=en'
  const clean = 'https://app.test/reset?token=[redacted]&lang=en'

  test('are taken out wherever they are expected', () => {
    const event = seen(
      accepted({
        ...small,
        resource: { type: 'url', id: url, name: url },
        targets: [{ type: 'url', id: url }],
        message: `GET ${url}`,
        error: { code: 'x', message: url },
        details: { url, headers: { Authorization: 'Bearer abc' }, list: [{ client_secret: 'abc' }] },
        change: { next: { api_key: 'abc' } },
      }),
    )
    expect(JSON.stringify(event)).not.toContain('abc')
    expect(event).toMatchObject({
      resource: { id: clean, name: clean },
      targets: [{ id: clean }],
      message: `GET ${clean}`,
      error: { code: 'x', message: clean },
      details: { url: clean, headers: { Authorization: '[redacted]' }, list: [{ client_secret: '[redacted]' }] },
      change: { next: { api_key: '[redacted]' } },
    })
  })

  test('are what the operator says they are', () => {
    const answer = prepareEvent(JSON.stringify({ ...small, details: { iban: 'DE', password: 'x' } }), {
      ...context,
      redactor: redactor(['iban']),
    })
    expect('event' in answer && seen(answer.event).details).toEqual({ iban: '[redacted]', password: 'x' })
  })
})

test('objects without members say nothing and are left out', () => {
  const empty = { error: {}, source: {}, client: {}, clock: {}, change: {}, approval: {}, business: {} }
  expect(seen(accepted({ ...small, ...empty }))).toEqual(seen(accepted(small)))
})
