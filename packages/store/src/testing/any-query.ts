import { fields } from '@tidemark/event'
import fc from 'fast-check'

const values = [
  'admin',
  'ADMIN',
  'É',
  'i',
  'a\\*b',
  '%',
  '"two words"',
  '1',
  '1.5',
  'true',
  'usr_1',
  'role',
  'auth.*',
  '*.update',
  '*n',
  'a?b',
  '/^adm/',
  '*',
]

const ofType: Readonly<Record<string, readonly string[]>> = {
  time: ['>3d', '<3d', '2025-02-28', '2025-02', '[2025-02-01 TO 2025-02-15}', '>=2025-02-28T12:00:00.1234Z', '*'],
  ip: ['10.0.0.1', '0.0.0.0/1', '"8000::/1"', '*'],
  number: ['1', '>5', '<=1.5', '[0 TO 100]', '*'],
  boolean: ['true', 'false', '*'],
}

const closed: Readonly<Record<string, readonly string[]>> = {
  outcome: ['success', 'denied', '(failure OR denied)'],
  level: ['warn', '*r*'],
  category: ['authentication', 'data_*'],
  'actor.type': ['user', 'agent'],
  'source.origin': ['http', 'sdk'],
}

const anyTest = fc.constantFrom(...fields).chain((field) => {
  const name = field.path.replace('.*', '.a')
  return fc.constantFrom(...(closed[field.path] ?? ofType[field.type] ?? values)).map((value) => `${name}:${value}`)
})

const anyWord = fc.constantFrom('admin', 'É', "o\\'clock", '"two words"', 'usr', '"a\\"b"', 'nul', 'country', '1.5')

/** Query texts over every field of the event and free text. All of them are well formed. */
export const anyQuery: fc.Arbitrary<string> = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'query' },
    anyTest,
    anyTest,
    anyWord,
    tie('query').map((query) => `NOT (${query})`),
    fc.tuple(tie('query'), fc.constantFrom('AND', 'OR'), tie('query')).map(([a, op, b]) => `(${a} ${op} ${b})`),
  ),
})).query
