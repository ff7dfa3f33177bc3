import { hash } from 'node:crypto'
import type { PreparedEvent, RetentionClass } from '@tidemark/event'
import fc from 'fast-check'

const hexDigits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })

export const anyUuid = fc
  .tuple(hexDigits(8), hexDigits(4), hexDigits(4), hexDigits(4), hexDigits(12))
  .map((parts) => parts.join('-'))

/** Values that the codec takes out of texts, and some that only look like them. */
const anyRandomValue = fc.oneof(
  anyUuid,
  anyUuid.map((id) => id.toUpperCase()),
  anyUuid.map((id) => id.replace('-', '_')),
  fc.integer({ min: 14, max: 70 }).chain(hexDigits),
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 16, maxLength: 40 }),
)

/** JSON objects with all that may trouble a text codec: quotes, backslashes, control and astral characters. */
export const anyObjectText = fc
  .dictionary(
    fc.oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), anyRandomValue),
    fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      anyRandomValue,
      fc.array(anyRandomValue, { maxLength: 4 }),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', '\u0001', '\n', ',"core":', '\u{1F30A}'), maxLength: 12 }),
    ),
    { maxKeys: 5 },
  )
  .map((value) => JSON.stringify(value))

const anyClass = fc.constantFrom<RetentionClass[]>('authentication', 'data', 'financial', 'application_log')

/** An event as the log takes it in; now and then its core repeats its id. */
export const anyEvent: fc.Arbitrary<PreparedEvent> = fc
  .record({
    id: anyUuid,
    retentionClass: anyClass,
    person: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
    core: anyObjectText,
    personal: fc.oneof(fc.constant(''), anyObjectText),
    content: fc.oneof(fc.constant(''), anyObjectText),
    sequence: fc.oneof(fc.constant(undefined), fc.nat()),
    service: fc.string({ maxLength: 12 }),
    repeatsId: fc.boolean(),
  })
  .map(({ repeatsId, ...event }) => {
    const core = { ...JSON.parse(event.core), actor: { id: event.person }, ...(repeatsId && { id: event.id }) }
    const person = event.personal === '' ? '' : event.person
    return { ...event, person, ipKey: ipKeyOf(event.personal), core: JSON.stringify(core) }
  })

/** The address is read from the personal part, so one text always has the same. */
function ipKeyOf(personal: string): string {
  const key = hash('sha256', personal, 'hex').slice(0, 32)
  return personal === '' || key < '8' ? '' : key
}
