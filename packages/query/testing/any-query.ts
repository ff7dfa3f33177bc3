import fc from 'fast-check'
import type { Expr, Pattern, Piece, Query, Test } from '../src/tree.js'

/** Words in which engines tend to differ: case, wildcards of SQL and of regular expressions, quotes, numbers. */
export const words = [
  'admin',
  'Admin',
  'ADMIN',
  'auth.login',
  'auth.logout',
  'role.update',
  'É',
  'é',
  'ß',
  'SS',
  'İ',
  'i',
  'I',
  'ı',
  'Σ',
  'ς',
  'σ',
  'K',
  'k',
  'a*b',
  'a?b',
  'axb',
  '%',
  '_',
  'a_b',
  'a\\b',
  'a"b',
  'line\nbreak',
  'nul\u0000nul',
  '😀',
  'a😀b',
  '',
  '1',
  '1.0',
  '01',
  '-5',
  '1.5',
  '2',
  'true',
  '1e21',
  '1e0',
  '0.10',
  'null',
  '10.0.0.1',
  '[x]',
  '{"a":1}',
  'a/b',
  'AND',
  'not',
  'two words',
  "o'clock",
  '$1',
  '-- x',
] as const

export const anyWord: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 4 }) },
)

const span = { from: 0, to: 0 }

/** Parts of the words, so that patterns fit some of them and just miss others. */
const fragments = [
  'a',
  'b',
  'ad',
  'min',
  'n',
  '.log',
  'auth.',
  'in',
  'É',
  'K',
  's',
  '1',
  'x',
  ' ',
  '\n',
  '😀',
  '"',
  '\\',
  'e2',
]

const anyPiece: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...fragments).map((text) => ({ text })) },
  anyWord.filter((text) => text !== '').map((text) => ({ text })),
  fc.constant<Piece>({ wild: 'any' }),
  fc.constant<Piece>({ wild: 'one' }),
)

/** Neighbouring texts are one, neighbouring stars too, as parsing gives them. */
function normalPattern(pieces: readonly Piece[]): Pattern {
  const pattern: Piece[] = []
  for (const piece of pieces) {
    const last = pattern.at(-1)
    if (last && 'text' in last && 'text' in piece) pattern[pattern.length - 1] = { text: last.text + piece.text }
    else if (!isStar(last) || !isStar(piece)) pattern.push(piece)
  }
  return pattern
}

const isStar = (piece: Piece | undefined) => piece !== undefined && 'wild' in piece && piece.wild === 'any'
const anyText = fc.constantFrom(...fragments).map((text): Piece => ({ text }))
const star = fc.constant<Piece>({ wild: 'any' })

const anyPattern = fc
  .oneof(
    fc.array(anyPiece, { minLength: 1, maxLength: 5 }),
    fc.tuple(star, anyText),
    fc.tuple(anyText, star),
    fc.tuple(star, anyText, star),
    fc.tuple(anyText, star, anyText),
  )
  .map(normalPattern)

/** A pattern that is neither one word nor one star, which parse to other tests. */
const anyRealPattern = anyPattern.filter(
  (pattern) => pattern.some((piece) => 'wild' in piece) && !(pattern.length === 1 && isStar(pattern[0])),
)

const anyFreePattern = anyPattern.map((pattern) =>
  pattern.slice(isStar(pattern[0]) ? 1 : 0, pattern.length > 1 && isStar(pattern.at(-1)) ? -1 : undefined),
)

const regexes = [
  'a.b',
  '^adm',
  'n$',
  '[a-z]+\\.log(in|out)',
  'é',
  '\\d+',
  'a/b',
  '(?-i)ADMIN',
  '\\bk\\b',
  '^$',
  'ß|ı',
  '.',
]

const anyWordTest: fc.Arbitrary<Test> = fc.oneof(
  { weight: 4, arbitrary: anyWord.map((text): Test => ({ kind: 'is', text, span })) },
  { weight: 2, arbitrary: anyRealPattern.map((pattern): Test => ({ kind: 'like', pattern, span })) },
  { weight: 1, arbitrary: fc.constant<Test>({ kind: 'exists', span }) },
  { weight: 1, arbitrary: fc.constantFrom(...regexes).map((source): Test => ({ kind: 'regex', source, span })) },
)

const anyNumberText = fc.constantFrom('0', '1', '1.0', '1.5', '-5', '2', '1e1', '100', '0.1')

const numberTest = (from: string | null, to: string | null, includesFrom: boolean, includesTo: boolean): Test => {
  const isReversed = from !== null && to !== null && Number(from) > Number(to)
  return { kind: 'range', from: isReversed ? to : from, to: isReversed ? from : to, includesFrom, includesTo, span }
}

const anyNumberTest: fc.Arbitrary<Test> = fc.oneof(
  fc.record({
    kind: fc.constant('compare' as const),
    op: fc.constantFrom('>', '>=', '<', '<='),
    text: anyNumberText,
    span: fc.constant(span),
  }),
  fc
    .tuple(fc.option(anyNumberText), fc.option(anyNumberText), fc.boolean(), fc.boolean())
    .map(([from, to, includesFrom, includesTo]) => numberTest(from, to, includesFrom, includesTo)),
  anyNumberText.map((text): Test => ({ kind: 'is', text, span })),
)

/** Ways to write numbers that may also be words. */
const anyNumberWord: fc.Arbitrary<Test> = fc
  .constantFrom('1e21', '1', '1.0', '01', '123456789012345680000', '0.10', '1e-7', '100')
  .map((text): Test => ({ kind: 'is', text, span }))

const anyTimeTest: fc.Arbitrary<Test> = fc.oneof(
  fc.record({
    kind: fc.constant('compare' as const),
    op: fc.constantFrom('>', '>=', '<', '<='),
    text: fc.constantFrom(
      '1d',
      '36h',
      '2025-02-28',
      '2025-02',
      '2025-02-28T23:30:00Z',
      '2025-02-28T12:00:00.123456789Z',
      'now',
    ),
    span: fc.constant(span),
  }),
  fc.constantFrom('2025-02-28', '2025-02', '2025', '2025-03-01T01').map((text): Test => ({ kind: 'is', text, span })),
  fc
    .tuple(
      fc.constantFrom('2025-02-27', '2d', null),
      fc.constantFrom('2025-02-28', 'now', null),
      fc.boolean(),
      fc.boolean(),
    )
    .map(([from, to, includesFrom, includesTo]): Test => ({ kind: 'range', from, to, includesFrom, includesTo, span })),
)

const anyAddressTest: fc.Arbitrary<Test> = fc.oneof(
  fc
    .constantFrom('10.0.0.1', '10.0.0.0/8', '2001:db8::/32', '2001:db8::1', '::/0', '0.0.0.0/0')
    .map((text): Test => ({ kind: 'is', text, span })),
  fc.constant<Test>({ kind: 'exists', span }),
  fc.constant<Test>({ kind: 'range', from: '10.0.0.0', to: '10.0.0.9', includesFrom: true, includesTo: true, span }),
)

const anyBooleanTest: fc.Arbitrary<Test> = fc.oneof(
  fc.constantFrom('true', 'FALSE').map((text): Test => ({ kind: 'is', text, span })),
  fc.constant<Test>({ kind: 'exists', span }),
)

const field = (names: readonly string[], test: fc.Arbitrary<Test>): fc.Arbitrary<Expr> =>
  fc
    .tuple(fc.constantFrom(...names), test)
    .map(([name, test]) => ({ kind: 'field', name: name.split('.'), nameSpan: span, test, span }))

const wordFields = [
  'action',
  'actor_id',
  'actor.role',
  'actor_name',
  'resource_name',
  'message',
  'labels.team',
  'actor.roles',
  'targets.id',
  'targets.name',
  'changed_fields',
  'on_behalf_of.id',
]
const jsonFields = ['details.a', 'details.b.c', 'details.list', 'details.deep.x.y', 'previous_state.a', 'details.É']

const anyLeaf: fc.Arbitrary<Expr> = fc.oneof(
  { weight: 4, arbitrary: field(wordFields, anyWordTest) },
  { weight: 4, arbitrary: field(jsonFields, fc.oneof(anyWordTest, anyNumberTest, anyNumberWord)) },
  {
    weight: 1,
    arbitrary: field(
      ['outcome'],
      fc.constantFrom('success', 'DENIED').map((text): Test => ({ kind: 'is', text, span })),
    ),
  },
  { weight: 1, arbitrary: field(['index', 'sequence'], anyNumberTest) },
  { weight: 1, arbitrary: field(['time', 'received_at'], anyTimeTest) },
  { weight: 1, arbitrary: field(['actor_ip'], anyAddressTest) },
  { weight: 1, arbitrary: field(['approval_required'], anyBooleanTest) },
  { weight: 1, arbitrary: field(['details', 'on_behalf_of', 'targets'], fc.constant<Test>({ kind: 'exists', span })) },
  { weight: 3, arbitrary: anyFreePattern.map((pattern): Expr => ({ kind: 'text', pattern, span })) },
)

/** Any expression that parsing could give and binding accepts. */
export const anyExpr: fc.Arbitrary<Expr> = fc.letrec<{ expr: Expr }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 3, arbitrary: anyLeaf },
    { weight: 1, arbitrary: tie('expr').map((part): Expr => ({ kind: 'not', part, span })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('expr'), { minLength: 2, maxLength: 4 }))
        .map(
          ([kind, parts]): Expr => ({
            kind,
            parts: parts.flatMap((part) => (part.kind === kind ? part.parts : [part])),
            span,
          }),
        ),
    },
  ),
})).expr

export const queryOf = (where: Expr): Pick<Query, 'where' | 'pipe'> => ({ where, pipe: null })
