import { isObject, type Json } from '../json/json-object.js'
import { below, type Refusal } from '../refusal.js'
import { aliases } from '../shapes/flat-names.js'
import { eventSchema, resolved, type SchemaNode } from './schema-json.js'
import { serverFields } from './server-fields.js'
import { suggestMember } from './suggest.js'
import { fieldForForeignName } from './synonyms.js'

/**
 * What is wrong with a value by the event's schema; null when nothing is.
 *
 * An object's unknown members come before its missing ones, since the one is often the other misspelt; both come before
 * what is wrong deeper down. Lengths are counted in Unicode characters, as JSON Schema does.
 */
export function firstProblem(value: unknown): Refusal | null {
  if (!isObject(value))
    return { code: 'not_an_object', pointer: '', reason: `expected a JSON object, found ${kindOf(value)}` }
  return problemIn(value, eventSchema, '')
}

function problemIn(value: unknown, schema: SchemaNode, at: string): Refusal | null {
  const node = resolved(schema)
  if (node.type !== undefined && !hasType(value, node.type)) {
    return { code: 'wrong_type', pointer: at, reason: `expected ${article(node.type)}, found ${kindOf(value)}` }
  }
  if (typeof value === 'string') return textProblem(value, node, at)
  if (typeof value === 'number') return numberProblem(value, node, at)
  if (Array.isArray(value)) return itemProblem(value, node, at)
  return isObject(value) ? memberProblem(value, node, at) : null
}

function memberProblem(value: Json, node: SchemaNode, at: string): Refusal | null {
  const names = Object.keys(value).filter((name) => value[name] !== undefined)
  if (node.maxProperties !== undefined && names.length > node.maxProperties) {
    return {
      code: 'too_many',
      pointer: at,
      reason: `expected at most ${node.maxProperties} pairs, found ${names.length}`,
    }
  }
  const known = node.properties ?? {}
  for (const name of names) {
    if (node.additionalProperties === false && !Object.hasOwn(known, name))
      return unknownField(name, Object.keys(known), at)
    const problem = node.propertyNames && textProblem(name, node.propertyNames, below(at, name))
    if (problem) return problem
  }
  for (const name of node.required ?? []) {
    if (names.includes(name)) continue
    return {
      code: 'missing_field',
      pointer: below(at, name),
      reason: `expected ${hintOf(known[name]!)}, found nothing`,
    }
  }
  for (const name of names) {
    const schema = Object.hasOwn(known, name) ? known[name]! : node.additionalProperties
    const problem = typeof schema === 'object' ? problemIn(value[name], schema, below(at, name)) : null
    if (problem) return problem
  }
  return null
}

function itemProblem(items: readonly unknown[], node: SchemaNode, at: string): Refusal | null {
  if (node.maxItems !== undefined && items.length > node.maxItems) {
    return { code: 'too_many', pointer: at, reason: `expected at most ${node.maxItems} items, found ${items.length}` }
  }
  for (let i = 0; node.items && i < items.length; i++) {
    const problem = problemIn(items[i], node.items, below(at, i))
    if (problem) return problem
  }
  return null
}

function textProblem(text: string, node: SchemaNode, at: string): Refusal | null {
  const allowed = node.enum ?? (node.const === undefined ? undefined : [node.const])
  if (allowed && !allowed.includes(text)) {
    const near = suggestMember(text, allowed)
    return {
      code: 'invalid_value',
      pointer: at,
      reason: `expected ${oneOf(allowed)}, found ${shown(text)}${near ? `; did you mean ${near}?` : ''}`,
    }
  }
  const length = text.length > (node.maxLength ?? Number.POSITIVE_INFINITY) ? [...text].length : text.length
  if (node.minLength !== undefined && length < node.minLength) {
    return { code: 'missing_field', pointer: at, reason: 'expected at least one character, found an empty string' }
  }
  if (node.maxLength !== undefined && length > node.maxLength) {
    return { code: 'too_long', pointer: at, reason: `expected at most ${node.maxLength} characters, found ${length}` }
  }
  if (node.pattern !== undefined && !new RegExp(node.pattern, 'u').test(text)) {
    return { code: 'invalid_value', pointer: at, reason: `expected ${hintOf(node)}, found ${shown(text)}` }
  }
  return null
}

function numberProblem(value: number, node: SchemaNode, at: string): Refusal | null {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = node
  if (value >= minimum && value <= maximum) return null
  return {
    code: 'invalid_value',
    pointer: at,
    reason: `expected ${value < minimum ? `at least ${minimum}` : `at most ${maximum}`}, found ${value}`,
  }
}

function unknownField(name: string, siblings: readonly string[], at: string): Refusal {
  const pointer = below(at, name)
  if (serverFields.has(pointer))
    return { code: 'server_field', pointer, reason: `expected no ${name}, since only the server sets it` }
  const near = at === '' ? nearField(name, siblings) : suggestMember(name, siblings)
  const hint = near ? `did you mean ${near}?` : 'own data belongs in details'
  return {
    code: 'unknown_field',
    pointer,
    reason: `expected a field of the audit event, found ${shown(name)}; ${hint}`,
  }
}

/** At the top, flat names and the names of other formats count as well. */
const nearField = (name: string, members: readonly string[]) =>
  suggestMember(name, [...members, ...aliases.values()]) ?? fieldForForeignName(name)

/** The words of a list, else the first clause of the description, else the type. */
function hintOf(schema: SchemaNode): string {
  if (schema.enum) return oneOf(schema.enum)
  const clause = (schema.description ?? '').split(/;|\.(?: |$)/)[0]!
  if (clause === '') return article(resolved(schema).type ?? 'value')
  return /^[A-Z][a-z]/.test(clause) ? clause[0]!.toLowerCase() + clause.slice(1) : clause
}

function hasType(value: unknown, type: string): boolean {
  if (type === 'object') return isObject(value)
  if (type === 'array') return Array.isArray(value)
  return type === 'integer' ? Number.isInteger(value) : typeof value === type
}

const oneOf = (values: readonly string[]) => (values.length === 1 ? values[0]! : `one of ${values.join(', ')}`)
const article = (type: string) => (/^[aeio]/.test(type) ? `an ${type}` : `a ${type}`)

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : article(typeof value)
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text)
}
