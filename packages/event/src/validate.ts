import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { z } from 'zod'
import { below, type Refusal, type RefusalCode } from './refusal.js'
import { type ProducedEvent, producedEvent } from './schema/event.js'
import { serverFields } from './server-fields.js'
import { suggestMember } from './suggest.js'

/** The schema that producers can check their events with. Source: JSON Schema draft 2020-12. */
export function producedEventSchema(): Record<string, unknown> {
  return z.toJSONSchema(producedEvent, { io: 'input' }) as Record<string, unknown>
}

let quick: ValidateFunction | undefined
let exact: ValidateFunction | undefined

/**
 * Whether a value is surely an event by the schema. It says no as well when text has characters outside the basic plane
 * and is near its limit, because it measures in UTF-16 units: `firstProblem` has the last word.
 */
export function isProducedEvent(value: unknown): value is ProducedEvent {
  quick ??= new Ajv2020({ unicode: false, validateFormats: false, strict: false }).compile(producedEventSchema())
  return quick(value) as boolean
}

/** What is wrong with a value by the schema, the most telling problem first; null when nothing is. */
export function firstProblem(value: unknown): Refusal | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { code: 'not_an_object', pointer: '', reason: `expected a JSON object, found ${kindOf(value)}` }
  }
  exact ??= new Ajv2020({ allErrors: true, validateFormats: false, strict: false, verbose: true }).compile(
    producedEventSchema(),
  )
  if (exact(value)) return null
  const refusals = exact.errors!.map(refusalOf)
  refusals.sort((a, b) => precedence(a.code) - precedence(b.code))
  return refusals[0]!
}

const telling: readonly RefusalCode[] = ['server_field', 'unknown_field', 'missing_field']
const precedence = (code: RefusalCode) => (telling.indexOf(code) + telling.length + 1) % (telling.length + 1)

function refusalOf(error: ErrorObject): Refusal {
  const at = error.instancePath
  const params = error.params as Record<string, unknown>
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownField(
        at,
        String(params.additionalProperty),
        Object.keys((error.parentSchema?.properties as object) ?? {}),
      )
    case 'required':
      return {
        code: 'missing_field',
        pointer: below(at, String(params.missingProperty)),
        reason: 'expected a value, found none',
      }
    case 'type':
      return {
        code: 'wrong_type',
        pointer: at,
        reason: `expected ${article(String(params.type))}, found ${kindOf(error.data)}`,
      }
    case 'enum':
    case 'const': {
      const allowed = (params.allowedValues ?? [params.allowedValue]) as string[]
      const near = typeof error.data === 'string' ? suggestMember(error.data, allowed) : undefined
      const hint = near ? `; did you mean ${near}?` : ''
      return {
        code: 'invalid_value',
        pointer: at,
        reason: `expected ${oneOf(allowed)}, found ${shown(error.data)}${hint}`,
      }
    }
    case 'pattern':
      return {
        code: 'invalid_value',
        pointer: at,
        reason: `expected ${patternHint(at, String(params.pattern))}, found ${shown(error.data)}`,
      }
    case 'minLength':
      return { code: 'missing_field', pointer: at, reason: 'expected at least one character, found an empty string' }
    case 'maxLength':
      return {
        code: 'too_long',
        pointer: at,
        reason: `expected at most ${params.limit} characters, found ${[...String(error.data)].length}`,
      }
    case 'maxItems':
      return {
        code: 'too_many',
        pointer: at,
        reason: `expected at most ${params.limit} items, found ${(error.data as unknown[]).length}`,
      }
    case 'maxProperties':
      return {
        code: 'too_many',
        pointer: at,
        reason: `expected at most ${params.limit} pairs, found ${Object.keys(error.data as object).length}`,
      }
    case 'propertyNames':
      return {
        code: 'too_long',
        pointer: below(at, String(params.propertyName)),
        reason: 'expected a name of 1 to 64 characters',
      }
    default:
      return {
        code: 'invalid_value',
        pointer: at,
        reason: `${error.message ?? 'not allowed'}, found ${shown(error.data)}`,
      }
  }
}

function unknownField(at: string, name: string, siblings: readonly string[]): Refusal {
  const pointer = below(at, name)
  if (serverFields.has(pointer))
    return { code: 'server_field', pointer, reason: `only the server sets ${name}; leave it out` }
  const near = suggestMember(name, siblings)
  const hint = near ? `did you mean ${near}?` : 'own data belongs in details'
  return {
    code: 'unknown_field',
    pointer,
    reason: `expected a field of the audit event, found ${shown(name)}; ${hint}`,
  }
}

const patternHints: readonly [RegExp, string][] = [
  [/^\/action$/, 'noun.verb in lower case, such as auth.login'],
  [/^\/id$/, 'a UUIDv7'],
  [/traceId$/, '32 hexadecimal digits'],
  [/spanId$/, '16 hexadecimal digits'],
]
const patternHint = (at: string, pattern: string) =>
  patternHints.find(([path]) => path.test(at))?.[1] ?? `text matching ${pattern}`

const oneOf = (values: readonly string[]) => (values.length === 1 ? String(values[0]) : `one of ${values.join(', ')}`)
const article = (type: string) => (/^[aeio]/.test(type) ? `an ${type}` : `a ${type}`)

export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return article(typeof value)
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
