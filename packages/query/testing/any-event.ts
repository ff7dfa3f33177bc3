import type { AuditEvent } from '@tidemark/event'
import fc from 'fast-check'
import { anyWord } from './any-query.js'

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

const anyJson = (depth: number): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 4, arbitrary: anyWord },
    { weight: 2, arbitrary: fc.constantFrom(0, 1, 1.5, -5, 2, 10, 100, 1e21, 123456789012345680000, 1e-7, 0.1) },
    { weight: 1, arbitrary: fc.boolean() },
    { weight: 1, arbitrary: fc.constant(null) },
    ...(depth === 0
      ? []
      : [
          { weight: 2, arbitrary: fc.array(anyJson(depth - 1), { maxLength: 3 }) },
          {
            weight: 2,
            arbitrary: fc.dictionary(fc.constantFrom('a', 'c', 'x', 'y', 'É'), anyJson(depth - 1), { maxKeys: 3 }),
          },
        ]),
  )

const anyDetails = fc.dictionary(fc.constantFrom('a', 'b', 'list', 'deep', 'É', 'Admin'), anyJson(3), { maxKeys: 4 })

const anyTime = fc.constantFrom(
  '2025-02-26T23:59:59.999Z',
  '2025-02-27T00:00:00.000Z',
  '2025-02-28T12:00:00.123456789Z',
  '2025-02-28T12:00:00.123Z',
  '2025-02-28T23:00:00.000Z',
  '2025-02-28T23:30:00.000Z',
  '2025-02-28T23:59:59.999999999Z',
  '2025-03-01T00:30:00.000Z',
  '2025-03-01T11:59:59.000Z',
  '2025-03-02T00:00:00.000Z',
)

const anyAddress = fc.constantFrom('10.0.0.1', '10.255.0.9', '192.0.2.1', '2001:db8::1', '::1')

/** Events that fit the tree of `AuditEvent`, with words that make engines differ. Not every one would be accepted. */
export const anyEvent: fc.Arbitrary<AuditEvent> = fc.record({
  tenant: fc.constant('acme'),
  index: fc.nat(12),
  receivedAt: anyTime,
  specVersion: fc.constant('1.0' as const),
  id: fc.uuid({ version: 7 }),
  time: anyTime,
  action: fc.constantFrom('auth.login', 'auth.logout', 'role.update', 'user.create'),
  category: fc.constant('authentication' as const),
  level: fc.constant('info' as const),
  outcome: fc.constantFrom('success' as const, 'failure' as const, 'denied' as const),
  actor: fc.record(
    {
      id: anyWord,
      type: fc.constant('user' as const),
      role: anyWord,
      roles: fc.array(anyWord, { maxLength: 3 }),
      name: anyWord,
      email: anyWord,
    },
    { requiredKeys: ['id', 'type'] },
  ),
  onBehalfOf: optional(fc.array(fc.record({ id: anyWord }), { maxLength: 2 })),
  resource: fc.record({ type: anyWord, id: anyWord, name: anyWord }, { requiredKeys: ['type', 'id'] }),
  targets: optional(
    fc.array(fc.record({ type: anyWord, id: anyWord, name: anyWord }, { requiredKeys: ['type', 'id'] }), {
      maxLength: 3,
    }),
  ),
  source: fc.record(
    { service: anyWord, origin: fc.constant('http' as const), sequence: fc.nat(12) },
    { requiredKeys: ['service', 'origin'] },
  ),
  client: optional(fc.record({ ip: anyAddress }, { requiredKeys: [] })),
  message: anyWord,
  details: optional(anyDetails),
  change: optional(
    fc.record({ previous: anyDetails, changedFields: fc.array(anyWord, { maxLength: 2 }) }, { requiredKeys: [] }),
  ),
  approval: optional(fc.record({ required: fc.boolean() }, { requiredKeys: [] })),
  labels: optional(fc.dictionary(fc.constantFrom('team', 'other'), anyWord, { maxKeys: 2 })),
}) as fc.Arbitrary<AuditEvent>
