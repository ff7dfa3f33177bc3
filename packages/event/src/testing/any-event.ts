import fc from 'fast-check'
import type { ProducedEvent } from '../schema/event.js'
import { actorTypes, categories, levels, origins, outcomes } from '../schema/words.js'

/** Readable text, text that needs escapes, text outside the basic plane, and words that look like syntax. */
export const anyText = (max: number) =>
  fc
    .oneof(
      fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: max }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: Math.ceil(max / 16) }),
      fc.constantFrom(
        '"',
        '\\',
        '\n',
        '\u0000',
        '\u2028',
        '😀',
        '{"a":1}',
        'null',
        'N/A',
        '?token=x',
        'https://a:b@c/?q=1',
        '__proto__',
      ),
    )
    .filter((text) => text.length <= max && (text as { isWellFormed(): boolean } & string).isWellFormed())

/** JSON text has no minus zero. */
const number = fc
  .oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, min: -1e15, max: 1e15 }))
  .map((value) => (value === 0 ? 0 : value))
const name = fc.oneof(anyText(24), fc.constantFrom('password', 'token', '10', '9', 'a', 'b'))

/** A JSON object a few levels deep. */
export const anyObject = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc.constantFrom(null, true, false),
    number,
    anyText(64),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(name, tie('value'), { maxKeys: 4 }),
})).object

const optional = { requiredKeys: [] as [] }
const facts = {
  type: fc.constantFrom(...actorTypes),
  role: anyText(256),
  roles: fc.array(anyText(256), { maxLength: 3 }),
}
const identity = { email: anyText(320), name: anyText(256), department: anyText(256), status: anyText(64) }
const actor = fc.record(
  { id: fc.oneof(anyText(256), fc.constant('unknown')), ...facts, ...identity },
  { requiredKeys: ['id'] },
)
const resource = fc.record(
  { type: anyText(64), id: anyText(200), name: anyText(200), owner: anyText(256), classification: anyText(64) },
  { requiredKeys: ['type', 'id'] },
)
const hex = (digits: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: digits, maxLength: digits })
const instant = fc
  .date({ min: new Date(0), max: new Date('2025-01-15'), noInvalidDate: true })
  .chain((date) =>
    fc.constantFrom(
      date.toISOString(),
      date.toISOString().replace('Z', '123456Z'),
      date.toISOString().replace('Z', '+00:00').toLowerCase(),
      `${date.toISOString().slice(0, 19)}Z`,
    ),
  )
const uuidV7 = fc.uuid({ version: 7 }).map((id) => `0190${id.slice(4)}`)

/** Any event that the schema takes and that no finer rule refuses. */
export const anyEvent: fc.Arbitrary<ProducedEvent> = fc.record(
  {
    specVersion: fc.constant('1.0' as const),
    id: fc.oneof(
      uuidV7,
      uuidV7.map((id) => id.toUpperCase()),
    ),
    time: instant,
    action: fc.constantFrom('auth.login', 'role.update', 'invoice.frobnicate', 'a.b', 'log.info', 'x1.y_2.z'),
    category: fc.constantFrom(...categories),
    level: fc.constantFrom(...levels),
    outcome: fc.constantFrom(...outcomes),
    error: fc.record({ code: anyText(64), message: anyText(900) }, optional),
    actor,
    onBehalfOf: fc.array(actor, { maxLength: 3 }),
    resource,
    targets: fc.array(resource, { maxLength: 3 }),
    source: fc.record(
      {
        service: anyText(128),
        environment: anyText(64),
        version: anyText(128),
        host: anyText(255),
        instance: anyText(255),
        sequence: fc.maxSafeNat(),
        origin: fc.constantFrom(...origins),
      },
      optional,
    ),
    session: fc.record({ id: anyText(256) }),
    request: fc.record({ id: anyText(256) }),
    trace: fc.record({ traceId: hex(32), spanId: hex(16) }, { requiredKeys: ['traceId'] }),
    client: fc.record(
      {
        ip: fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom('::ffff:10.0.0.1', '[::1]:443')),
        forwardedFor: fc.array(anyText(256), { maxLength: 3 }),
        userAgent: fc.oneof(
          anyText(200),
          fc.constant('Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0'),
        ),
      },
      optional,
    ),
    clock: fc.record({ synced: fc.boolean(), source: anyText(64), offsetMs: number }, optional),
    message: anyText(900),
    details: anyObject,
    change: fc.record(
      { previous: anyObject, next: anyObject, changedFields: fc.array(anyText(64), { maxLength: 3 }) },
      optional,
    ),
    approval: fc.record(
      {
        required: fc.boolean(),
        status: anyText(64),
        requestId: anyText(256),
        reason: anyText(900),
        breakGlass: fc.boolean(),
        chain: fc.array(
          fc.record(
            {
              approver: anyText(64).map((id) => `approver ${id}`),
              decision: anyText(64),
              at: instant,
              comment: anyText(900),
            },
            { requiredKeys: ['approver', 'decision'] },
          ),
          { maxLength: 3 },
        ),
      },
      optional,
    ),
    business: fc.record(
      {
        department: anyText(256),
        project: anyText(256),
        function: anyText(256),
        customerId: anyText(256),
        ticket: anyText(256),
      },
      optional,
    ),
    labels: fc.dictionary(anyText(40), anyText(200), { maxKeys: 4 }),
  },
  { requiredKeys: ['action', 'outcome', 'actor', 'resource'] },
)
