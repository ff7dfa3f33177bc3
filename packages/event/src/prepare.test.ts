import { expect, test } from 'vitest'
import { prepareEvent, restoreEvent } from './index.js'

const now = Date.parse('2025-01-15T12:00:00.000Z')
const context = {
  now,
  origin: 'http',
  newId: () => '01946a00-0000-7000-8000-000000000001',
  defaultService: 'audit',
} as const

function prepared(event: unknown) {
  const answer = prepareEvent(JSON.stringify(event), context)
  if ('refusal' in answer) throw new Error(JSON.stringify(answer.refusal))
  return answer.event
}

function restored(event: unknown) {
  const { core, personal, content } = prepared(event)
  const parse = (part: string) => (part === '' ? undefined : (JSON.parse(part) as object))
  return restoreEvent(JSON.parse(core), parse(personal), parse(content), { tenant: 'acme', index: 7, receivedAt: now })
}

const login = {
  action: 'auth.login',
  outcome: 'failure',
  actor: { id: 'unknown', email: 'eve@example.com' },
  resource: { type: 'session', id: 'N/A' },
}

test('the smallest event gets its defaults', () => {
  expect(restored(login)).toEqual({
    tenant: 'acme',
    index: 7,
    receivedAt: '2025-01-15T12:00:00.000Z',
    specVersion: '1.0',
    id: '01946a00-0000-7000-8000-000000000001',
    time: '2025-01-15T12:00:00.000Z',
    category: 'authentication',
    level: 'error',
    message: 'AUDIT: auth.login',
    source: { service: 'audit', origin: 'http' },
    ...login,
    actor: { ...login.actor, type: 'anonymous' },
  })
})

test('the LogTide shape is mapped by alias names', () => {
  const event = restored({
    service: 'audit',
    level: 'warn',
    message: 'AUDIT: user.get',
    metadata: {
      audit: true,
      actor_id: 'u-1',
      actor_role: 'admin',
      actor_ip: '::ffff:10.0.0.1',
      action: 'user.get',
      resource_type: 'user',
      resource_id: 'list',
      outcome: 'denied',
      session_id: '',
      details: { path: '/x?token=abc' },
      team: 'core',
    },
  })
  expect(event).toMatchObject({
    actor: { id: 'u-1', role: 'admin', type: 'user' },
    client: { ip: '10.0.0.1' },
    details: { path: '/x?token=[redacted]', team: 'core' },
    category: 'data_access',
  })
  expect(event.session).toBeUndefined()
})

test.each([
  [{ ...login, outcom: 'x' }, 'unknown_field', '/outcom'],
  [{ ...login, tenant: 'x' }, 'server_field', '/tenant'],
  [{ ...login, actor: {} }, 'missing_field', '/actor/id'],
  [{ ...login, time: 'yesterday' }, 'invalid_time', '/time'],
])('refuses %j as %s', (event, code, pointer) => {
  expect(prepareEvent(JSON.stringify(event), context)).toMatchObject({ refusal: { code, pointer } })
})
