import type { ProducedEvent } from '../schema/event.js'

/** An event in which every field that a producer may send is set. */
export const fullEvent: ProducedEvent = {
  specVersion: '1.0',
  id: '01946a00-0000-7000-8000-00000000000a',
  time: '2025-01-15T09:30:00.000Z',
  action: 'role.update',
  category: 'access_control',
  level: 'warn',
  outcome: 'denied',
  error: { code: 'FORBIDDEN', message: 'needs the right to change roles' },
  actor: {
    id: 'u-7',
    type: 'user',
    role: 'support',
    roles: ['support', 'reader'],
    email: 'mira@example.com',
    name: 'Mira Holt',
    department: 'Support',
    status: 'active',
  },
  onBehalfOf: [
    {
      id: 'u-9',
      type: 'user',
      role: 'lead',
      roles: ['lead'],
      email: 'jo@example.com',
      name: 'Jo',
      department: 'Sales',
      status: 'active',
    },
    { id: 'svc-1', type: 'service' },
  ],
  resource: { type: 'role', id: 'r-1', name: 'Billing reader', owner: 'finance', classification: 'internal' },
  targets: [
    { type: 'user', id: 'u-8', name: 'Ada', owner: 'hr', classification: 'internal' },
    { type: 'group', id: 'g-1' },
  ],
  source: {
    service: 'audit',
    environment: 'production',
    version: '2.14.3',
    host: 'app-3',
    instance: 'app-3/1',
    sequence: 41,
    origin: 'sdk',
  },
  session: { id: 's-1' },
  request: { id: 'q-1' },
  trace: { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' },
  client: {
    ip: '203.0.113.7',
    forwardedFor: ['203.0.113.7', '10.0.0.2'],
    userAgent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  },
  clock: { synced: true, source: 'ntp', offsetMs: -1.5 },
  message: 'AUDIT: role.update',
  details: { path: '/api/roles/r-1', statusCode: 403, nested: { b: [1, { d: null }], a: true } },
  change: {
    previous: { rights: ['read'], note: 'old' },
    next: { rights: ['read', 'write'], note: 'old' },
    changedFields: ['rights'],
  },
  approval: {
    required: true,
    status: 'pending',
    requestId: 'ar-1',
    reason: 'cover for leave',
    breakGlass: false,
    chain: [
      { approver: 'u-2', decision: 'approved', at: '2025-01-15T09:00:00.000Z', comment: 'fine' },
      { approver: 'u-3', decision: 'escalated' },
    ],
  },
  business: { department: 'Finance', project: 'atlas', function: 'billing', customerId: 'c-1', ticket: 'T-1' },
  labels: { team: 'core', tier: '1' },
}

/** A copy of an event with the value at a JSON pointer replaced; `undefined` takes it out. */
export function withValue(event: object, pointer: string, value: unknown): Record<string, unknown> {
  const copy = structuredClone(event) as Record<string, unknown>
  const path = pointer.slice(1).split('/')
  let at: Record<string, unknown> = copy
  for (const step of path.slice(0, -1)) at = at[step] as Record<string, unknown>
  if (value !== undefined) at[path.at(-1)!] = value
  else if (Array.isArray(at)) at.splice(Number(path.at(-1)), 1)
  else delete at[path.at(-1)!]
  return copy
}
