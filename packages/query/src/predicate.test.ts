import type { AuditEvent } from '@tidemark/event'
import { describe, expect, test } from 'vitest'
import { bindQuery } from './bind-query.js'
import { parseQuery } from './parse-query.js'
import { predicateOf } from './predicate.js'

const event = {
  specVersion: '1.0',
  tenant: 'acme',
  index: 17,
  receivedAt: '2025-01-15T10:30:06.000Z',
  id: '01946a5c-3a00-7000-8000-000000000001',
  time: '2025-01-15T10:30:05.123456Z',
  action: 'role.update',
  category: 'access_control',
  level: 'warn',
  outcome: 'denied',
  actor: {
    id: 'u-42',
    type: 'user',
    role: 'Admin',
    roles: ['Admin', 'on-call'],
    name: 'Dana Fox',
    email: 'dana@example.com',
  },
  resource: { type: 'role', id: 'arn:aws:iam::123:role/ops', name: 'Operations' },
  targets: [
    { type: 'user', id: 'u-7' },
    { type: 'user', id: 'u-8', name: 'Sam' },
  ],
  source: { service: 'audit', origin: 'http', sequence: 3 },
  client: { ip: '10.1.2.3' },
  message: 'AUDIT: role.update',
  details: {
    amount: 12.5,
    count: 3,
    port: '8080',
    ok: true,
    none: null,
    empty: [],
    geo: { country: 'DE' },
    tags: ['a', 'B', 7],
    items: [{ sku: 'x-1' }, { sku: 'x-2' }],
    text: 'say "hi"',
  },
  change: { previous: { grade: 1 }, changedFields: ['grade'] },
  approval: { required: true },
  labels: { team: 'Blue' },
} as unknown as AuditEvent

const context = { now: new Date('2025-02-01T00:00:00Z'), zone: 'UTC' }
const fits = (text: string) => predicateOf(bindQuery(parseQuery(text).query, context))(event)

describe('fits', () => {
  test.each([
    '',
    '*',
    'service:audit AND action:*.update AND resource_type:role',
    'outcome:DENIED',
    'actor_role:admin',
    'actor_roles:ADMIN',
    'actor_roles:on-*',
    'target_id:u-8',
    'targets.name:sam',
    'targets:*',
    'labels.team:blue',
    'changed_fields:grade',
    'previous_state.grade:1',
    'resource_id:arn:aws:iam::123:role/ops',
    'resource_id:*role/*',
    'actor_name:fox',
    'actor_name:"dana fox"',
    'message:audit*',
    'actor_ip:10.0.0.0/8',
    'actor_ip:10.1.*',
    'actor_ip:::ffff:10.1.2.3',
    'actor_ip:[10.1.2.0 TO 10.1.2.9]',
    'time:2025-01-15',
    'time:>90d',
    'time:<1d',
    'time:[2025-01-15T10:30:05.123456Z TO *]',
    'received_at:2025-01-15',
    'approval_required:true',
    'sequence:3',
    'index:{16 TO 17]',
    'details.amount:12.5',
    'details.amount:12.50',
    'details.amount:>12',
    'details.count:3.0',
    'details.port:8080',
    'details.port:>=8080',
    'details.ok:true',
    'details.geo.country:de',
    'details.geo:*',
    'details.tags:b',
    'details.tags:7',
    'details.tags:>6',
    'details.items.sku:x-2',
    'details.items.sku:/^X-\\d$/',
    'details.text:"say \\"hi\\""',
    'NOT details.none:*',
    'NOT details.empty:*',
    'NOT details.missing:x',
    '-outcome:success',
    'operations',
    '"dana@example.com"',
    '"say \\"hi\\""',
    'x-1 x-2',
    'op?rat*s',
    '10.1.2.3',
    'action:/update$/',
    'action:(auth.login OR role.update)',
  ])('%s', (text) => expect(fits(text)).toBe(true))
})

describe('does not fit', () => {
  test.each([
    'outcome:success',
    'action:role',
    'actor_role:adm',
    'actor_roles:admin,on-call',
    'targets.name:u-7',
    'details.amount:13',
    'details.port:08080',
    'details.port:8080.0',
    'details.geo:DE',
    'details.Geo.country:de',
    'details.missing:x',
    'details.missing:>1',
    'NOT details.geo.country:*',
    'details.none:*',
    'details.none:null',
    'details.empty:*',
    'details.tags:"a,b"',
    'labels.Team:blue',
    'session_id:*',
    'error_code:x',
    'time:2025-01-16',
    'time:<2025-01-15T10:30:05.123456Z',
    'actor_ip:10.2.0.0/16',
    'clock_synced:false',
    'details.amount:/^ADMIN$/',
    'action:/(?-i)ROLE/',
    'nothing-like-this',
    '"country\\":\\"DE"',
    'action:role.update AND outcome:success',
  ])('%s', (text) => expect(fits(text)).toBe(false))
})

test('a field of the same name as one of every object is no value', () => {
  expect(fits('details.constructor:*')).toBe(false)
  expect(fits('details.__proto__:*')).toBe(false)
  expect(fits('labels.toString:*')).toBe(false)
})
