import fc from 'fast-check'

/** Words in which engines tend to differ: case, quotes, wildcards, numbers, characters beyond the first plane. */
const words = [
  'admin',
  'Admin',
  'É',
  'ß',
  'İ',
  'Σ',
  'a*b',
  '%',
  'a_b',
  'a\\b',
  'a"b',
  "o'clock",
  'two words',
  '1',
  '01',
  '1.5',
  'true',
  'null',
  '{"a":1}',
  'line\nbreak',
  'nul\u0000nul',
  '😀',
  'usr_1',
  'role',
  'DE',
] as const

const anyWord = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<string[]>(...words) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }) },
)

const anyJson = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    anyWord,
    fc.constantFrom(0, 1, 1.5, -5, 100, 1e-7, 9007199254740991, true, false, null),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'É', 'x/y', 'country'), tie('json'), { maxKeys: 3 }),
  ),
})).json

const anyObject = fc.dictionary(fc.constantFrom('a', 'b', 'geo', 'Admin', 'x.y'), anyJson, { maxKeys: 4 })

const anyTime = fc.oneof(
  fc
    .date({ min: new Date('2025-01-01'), max: new Date('2025-03-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.constantFrom(
    '2025-02-28T12:00:00.123456789Z',
    '2025-02-28T12:00:00.1234Z',
    '2025-02-28T23:59:59.999999999+00:00',
    '1970-01-01T00:00:00Z',
  ),
)

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })

const anyActor = fc.record(
  {
    id: anyWord,
    type: fc.constantFrom('user', 'service', 'agent'),
    role: anyWord,
    roles: fc.array(anyWord, { maxLength: 3 }),
    email: anyWord,
    name: anyWord,
    department: anyWord,
    status: anyWord,
  },
  { requiredKeys: ['id'] },
)

const anyResource = fc.record(
  { type: anyWord, id: anyWord, name: anyWord, owner: anyWord, classification: anyWord },
  { requiredKeys: ['type', 'id'] },
)

/** Events in the form a producer sends them, every field of the schema among them. All of them are accepted. */
export const anyEvent: fc.Arbitrary<object> = fc.record(
  {
    id: hex(26).map((digits) => `0194${digits}`.replace(/(.{8})(.{4})(.{3})(.{3})(.{12})/, '$1-$2-7$3-8$4-$5')),
    time: anyTime,
    action: fc.constantFrom('auth.login', 'auth.logout', 'role.update', 'user.create', 'invoice.approve'),
    outcome: fc.constantFrom('success', 'failure', 'denied'),
    level: fc.constantFrom('debug', 'info', 'warn', 'error', 'critical'),
    error: fc.record({ code: anyWord, message: anyWord }, { requiredKeys: [] }),
    actor: anyActor,
    onBehalfOf: fc.array(anyActor, { maxLength: 2 }),
    resource: anyResource,
    targets: fc.array(anyResource, { maxLength: 3 }),
    source: fc.record(
      {
        service: anyWord,
        environment: anyWord,
        version: anyWord,
        host: anyWord,
        instance: anyWord,
        sequence: fc.maxSafeNat(),
      },
      { requiredKeys: [] },
    ),
    session: fc.record({ id: anyWord }),
    request: fc.record({ id: anyWord }),
    trace: fc.record({ traceId: hex(32), spanId: hex(16) }, { requiredKeys: ['traceId'] }),
    clock: fc.record(
      { synced: fc.boolean(), source: anyWord, offsetMs: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
      { requiredKeys: [] },
    ),
    message: anyWord,
    details: anyObject,
    change: fc.record(
      { previous: anyObject, next: anyObject, changedFields: fc.array(anyWord, { maxLength: 2 }) },
      { requiredKeys: [] },
    ),
    approval: fc.record(
      {
        required: fc.boolean(),
        status: anyWord,
        requestId: anyWord,
        reason: anyWord,
        breakGlass: fc.boolean(),
        chain: fc.array(
          fc.record(
            { approver: fc.constant('chief'), decision: anyWord, at: anyTime, comment: anyWord },
            { requiredKeys: ['approver', 'decision'] },
          ),
          { maxLength: 2 },
        ),
      },
      { requiredKeys: [] },
    ),
    business: fc.record(
      { department: anyWord, project: anyWord, function: anyWord, customerId: anyWord, ticket: anyWord },
      { requiredKeys: [] },
    ),
    labels: fc.dictionary(fc.constantFrom('team', 'a b', 'É'), anyWord, { maxKeys: 2 }),
    client: fc.record(
      {
        ip: fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom('10.0.0.1', '192.0.2.7')),
        forwardedFor: fc.array(anyWord, { maxLength: 2 }),
        userAgent: fc.constantFrom(
          'curl/8.5.0',
          'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
        ),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['action', 'outcome', 'actor', 'resource'] },
)
