import { describe, expect, test } from 'vitest'
import { fields } from '../fields/fields.js'
import { fullEvent } from '../testing/full-event.js'
import { accepted, refused, seen } from '../testing/preparing.js'

/** What the guide's logAudit() sends, with the members of its AuditEvent filled in. */
const guideEvent = {
  service: 'audit',
  level: 'error',
  message: 'AUDIT: auth.login',
  time: '2025-01-15T09:30:00.000Z',
  metadata: {
    service: 'audit',
    environment: 'production',
    auditVersion: '1.0',
    audit: true,
    actor_id: 'unknown',
    actor_email: 'eve@example.com',
    actor_role: 'unknown',
    actor_ip: '203.0.113.7',
    actor_user_agent: '',
    action: 'auth.login',
    resource_type: 'session',
    resource_id: 'N/A',
    outcome: 'failure',
    session_id: 'N/A',
    request_id: 'q-1',
    details: { reason: 'invalid_credentials' },
  },
}
const withMetadata = (members: object) => ({ ...guideEvent, metadata: { ...guideEvent.metadata, ...members } })
const flat = { action: 'user.update', outcome: 'success', actor_id: 'u-7', resource_type: 'user', resource_id: 'u-8' }

describe('the LogTide shape', () => {
  test('of the guide becomes the same event as the nested form', () => {
    const nested = {
      specVersion: '1.0',
      action: 'auth.login',
      outcome: 'failure',
      level: 'error',
      time: '2025-01-15T09:30:00.000Z',
      actor: { id: 'unknown', type: 'anonymous', role: 'unknown', email: 'eve@example.com' },
      resource: { type: 'session', id: 'N/A' },
      source: { service: 'audit', environment: 'production' },
      session: { id: 'N/A' },
      request: { id: 'q-1' },
      client: { ip: '203.0.113.7' },
      message: 'AUDIT: auth.login',
      details: { reason: 'invalid_credentials' },
    }
    expect(accepted(guideEvent)).toEqual(accepted(nested))
  })

  test('metadata that is no field becomes details', () => {
    const event = seen(accepted(withMetadata({ team: 'core', tenant: 'globex', index: 3, risk: { score: 1 } })))
    expect(event.details).toEqual({
      reason: 'invalid_credentials',
      team: 'core',
      tenant: 'globex',
      index: 3,
      risk: { score: 1 },
    })
    expect(event.tenant).toBe('acme')
  })

  test('details that are null are none', () => {
    expect(seen(accepted(withMetadata({ details: null }))).details).toBeUndefined()
    expect(seen(accepted(withMetadata({ details: null, team: null }))).details).toEqual({ team: null })
  })

  test('metadata may hold nested members too', () => {
    const event = seen(
      accepted(withMetadata({ actor_id: undefined, actor_role: undefined, actor: { id: 'u-7', role: 'admin' } })),
    )
    expect(event.actor).toEqual({ id: 'u-7', role: 'admin', type: 'user', email: 'eve@example.com' })
  })

  test('states get their names, and the changed fields of a partial update are those that its sender named', () => {
    const event = seen(
      accepted(
        withMetadata({
          previous_state: { name: 'a', mail: 'x' },
          new_state: { name: 'b' },
          details: { changedFields: ['name'] },
        }),
      ),
    )
    expect(event.change).toEqual({ previous: { name: 'a', mail: 'x' }, next: { name: 'b' }, changedFields: ['name'] })
    expect(event.details).toEqual({ changedFields: ['name'] })
  })

  test('without named fields they are computed', () => {
    const event = seen(
      accepted(
        withMetadata({ previous_state: { name: 'a', mail: 'x' }, new_state: { name: 'b' }, details: undefined }),
      ),
    )
    expect(event.change?.changedFields).toEqual(['mail', 'name'])
  })

  test('a refusal points into the event as it was sent', () => {
    expect(refused(withMetadata({ actor_ip: 'office' }))).toMatchObject({
      code: 'invalid_ip',
      pointer: '/metadata/actor_ip',
    })
    expect(refused(withMetadata({ outcome: 'ok' }))).toMatchObject({
      code: 'invalid_value',
      pointer: '/metadata/outcome',
    })
    expect(refused(withMetadata({ previous_state: [] }))).toMatchObject({
      code: 'wrong_type',
      pointer: '/metadata/previous_state',
    })
    expect(refused(withMetadata({ resource_id: null }))).toMatchObject({
      code: 'missing_field',
      pointer: '/metadata/resource_id',
    })
    expect(refused(withMetadata({ action: undefined }))).toMatchObject({
      code: 'missing_field',
      pointer: '/metadata/action',
    })
    expect(refused(withMetadata({ details: { a: [[[[[[[[1]]]]]]]] } }))).toMatchObject({
      code: 'too_deep',
      pointer: '/metadata/details',
    })
    expect(refused({ ...guideEvent, time: 'x' })).toMatchObject({ code: 'invalid_time', pointer: '/time' })
    expect(refused({ ...guideEvent, service: 1 })).toMatchObject({ pointer: '/metadata/service' })
    expect(refused({ ...guideEvent, colour: 1 })).toMatchObject({ code: 'unknown_field', pointer: '/colour' })
  })

  test('metadata must be an object', () => {
    expect(refused({ ...guideEvent, metadata: 'x' })).toMatchObject({ code: 'unknown_field', pointer: '/metadata' })
  })
})

describe('flat names', () => {
  test.each([
    ['snake_case', flat],
    [
      'camelCase',
      { action: 'user.update', outcome: 'success', actorId: 'u-7', resourceType: 'user', resourceId: 'u-8' },
    ],
    [
      'dotted',
      { action: 'user.update', outcome: 'success', 'actor.id': 'u-7', 'resource.type': 'user', 'resource.id': 'u-8' },
    ],
    [
      'mixed with nested',
      {
        action: 'user.update',
        outcome: 'success',
        actor: { id: 'u-7' },
        resourceType: 'user',
        resource: { id: 'u-8' },
      },
    ],
    ['repeated', { ...flat, actor: { id: 'u-7' } }],
    ['marked', { ...flat, audit: true }],
  ])('%s', (_, event) => {
    expect(accepted(event)).toEqual(
      accepted({
        action: 'user.update',
        outcome: 'success',
        actor: { id: 'u-7' },
        resource: { type: 'user', id: 'u-8' },
      }),
    )
  })

  test('every field with an alias can be sent under it', () => {
    const lists = /^(targets|onBehalfOf|approval\.chain)\./
    const sent: Record<string, unknown> = {}
    for (const { path, alias, part } of fields) {
      if (part === 'server' || path.includes('*') || lists.test(path) || /^(raw|client\.(geo|device))\./.test(path))
        continue
      sent[alias ?? path] = path
        .split('.')
        .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], fullEvent)
    }
    sent.details = fullEvent.details
    sent.labels = fullEvent.labels
    sent.previous_state = fullEvent.change?.previous
    sent.new_state = fullEvent.change?.next
    expect(accepted(sent)).toEqual(accepted(fullEvent))
  })

  test('one field under two names with two values is refused', () => {
    expect(refused({ ...flat, actor: { id: 'u-9' } })).toMatchObject({
      code: 'conflicting_field',
      pointer: '/actor/id',
    })
    expect(refused({ ...flat, actorId: 'u-9' })).toMatchObject({ code: 'conflicting_field', pointer: '/actorId' })
    expect(refused({ ...flat, actor: 'u-7' })).toMatchObject({ code: 'conflicting_field', pointer: '/actor' })
    expect(refused(withMetadata({ reason: 'other' }))).toMatchObject({
      code: 'conflicting_field',
      pointer: '/metadata/reason',
    })
  })

  test('what the server sets cannot be sent under another name', () => {
    for (const name of ['received_at', 'receivedAt', 'tenant', 'index', 'log']) {
      expect(refused({ ...flat, [name]: 'x' })).toMatchObject({
        pointer: `/${name}`,
        code: name === 'received_at' ? 'unknown_field' : 'server_field',
      })
    }
  })

  test('a trace id may be written as a UUID', () => {
    const event = seen(accepted({ ...flat, trace_id: '0AF76519-16cd-43dd-8448-eb211c80319c' }))
    expect(event.trace).toEqual({ traceId: '0af7651916cd43dd8448eb211c80319c' })
  })
})

describe('null and empty text', () => {
  test('in a field mean that it is not set', () => {
    const event = {
      ...fullEvent,
      session: { id: null },
      request: { id: '' },
      labels: null,
      error: { code: null, message: 'x' },
      clock: {},
    }
    const { session, request, labels, clock, ...rest } = fullEvent
    expect(accepted(event)).toEqual(accepted({ ...rest, error: { message: 'x' } }))
  })

  test('in lists, labels, details and states stay as they are', () => {
    const own = { details: { a: null, b: '' }, change: { next: { a: null } }, labels: { a: '' } }
    expect(seen(accepted({ ...flat, ...own }))).toMatchObject(own)
    expect(refused({ ...flat, actor_roles: ['a', null] })).toMatchObject({
      code: 'wrong_type',
      pointer: '/actor_roles/1',
    })
    expect(refused({ ...flat, labels: { a: null } })).toMatchObject({ code: 'wrong_type', pointer: '/labels/a' })
  })

  test('do not stand in for what is required, nor hide an unknown name', () => {
    expect(refused({ ...flat, outcome: null })).toMatchObject({ code: 'missing_field', pointer: '/outcome' })
    expect(refused({ ...flat, actor_id: '' })).toMatchObject({ code: 'missing_field', pointer: '/actor' })
    expect(refused({ ...fullEvent, actor: { id: 'x', nick: null } })).toMatchObject({
      code: 'unknown_field',
      pointer: '/actor/nick',
    })
    expect(refused({ ...fullEvent, nick: null })).toMatchObject({ code: 'unknown_field', pointer: '/nick' })
  })
})

describe('a plain log line', () => {
  const line = {
    service: 'web',
    level: 'warn',
    message: 'slow query',
    time: '2025-01-15T09:30:00.000Z',
    metadata: { ms: 4100, action: 'click' },
  }

  test('becomes the action log.<level> and is kept apart', () => {
    const event = accepted(line)
    expect(event.retentionClass).toBe('application_log')
    expect(seen(event)).toMatchObject({
      action: 'log.warn',
      category: 'system',
      level: 'warn',
      outcome: 'success',
      message: 'slow query',
      actor: { id: 'web', type: 'service' },
      resource: { type: 'application_log', id: 'N/A' },
      source: { service: 'web' },
      details: { ms: 4100, action: 'click' },
    })
  })

  test.each([
    ['debug', 'log.debug', 'success'],
    ['INFO', 'log.info', 'success'],
    ['warning', 'log.warn', 'success'],
    ['error', 'log.error', 'failure'],
    ['fatal', 'log.critical', 'failure'],
    [undefined, 'log.info', 'success'],
  ])('of level %s is %s', (level, action, outcome) => {
    expect(seen(accepted({ ...line, level }))).toMatchObject({ action, outcome })
  })

  test('keeps its context where a field is meant, and everything else in details', () => {
    const metadata = {
      session_id: 's-1',
      request_id: 7,
      host: 'app-3',
      version: 2,
      trace_id: 'odd',
      tenant: 'x',
      details: { a: 1 },
      audit: false,
    }
    const event = seen(accepted({ ...line, metadata }))
    expect(event).toMatchObject({
      session: { id: 's-1' },
      source: { host: 'app-3' },
      details: { request_id: 7, version: 2, trace_id: 'odd', tenant: 'x', a: 1 },
    })
    expect(event.request).toBeUndefined()
  })

  test('needs no metadata', () => {
    expect(seen(accepted({ message: 'hello' }))).toMatchObject({
      action: 'log.info',
      actor: { id: 'application', type: 'service' },
      source: { service: 'application' },
    })
  })

  test('with an unknown level is refused', () => {
    expect(refused({ ...line, level: 'loud' })).toMatchObject({ pointer: '/level', code: 'invalid_value' })
  })

  test('is not what an event becomes that forgot its action', () => {
    expect(refused({ ...guideEvent, metadata: { audit: true, actor_id: 'x' } })).toMatchObject({
      code: 'missing_field',
    })
    expect(refused({ message: 'x', audit: true })).toMatchObject({ code: 'missing_field', pointer: '/action' })
    expect(refused({ message: 'x', outcome: 'success' })).toMatchObject({ code: 'missing_field', pointer: '/action' })
    expect(refused({ message: 'x', actor: { id: 'u' }, resource: { type: 'a', id: 'b' } })).toMatchObject({
      code: 'missing_field',
      pointer: '/action',
    })
  })

  test('without the audit mark, metadata with action and outcome is an audit event', () => {
    const { audit, ...metadata } = guideEvent.metadata
    expect(accepted({ ...guideEvent, metadata })).toEqual(accepted(guideEvent))
    expect(seen(accepted({ ...guideEvent, metadata: { ...metadata, audit: false } })).action).toBe('log.error')
  })
})

test('the audit mark must be true or false, and not deny what the event says', () => {
  expect(refused({ ...flat, audit: 'yes' })).toMatchObject({ code: 'wrong_type', pointer: '/audit' })
  expect(refused({ ...flat, audit: false })).toMatchObject({ code: 'invalid_value', pointer: '/audit' })
})

test('members called __proto__ are members like others', () => {
  const text = JSON.stringify({ ...guideEvent, time: null }).replace('"reason":', '"__proto__":')
  expect(Object.keys(seen(accepted(text)).details!)).toEqual(['__proto__'])
  expect(refused('{"__proto__":{"action":"a.b"},"outcome":"success"}')).toMatchObject({
    code: 'unknown_field',
    pointer: '/__proto__',
  })
  const inMetadata = JSON.stringify(withMetadata({ x: 1 })).replace('"x":1', '"__proto__":{"polluted":1}')
  expect(JSON.stringify(seen(accepted(inMetadata)).details)).toBe(
    '{"__proto__":{"polluted":1},"reason":"invalid_credentials"}',
  )
  expect(({} as { polluted?: number }).polluted).toBeUndefined()
})
