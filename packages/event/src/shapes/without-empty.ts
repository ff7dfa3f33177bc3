import { isObject, type Json, setOwn } from '../json/json-object.js'
import { eventSchema, resolved, type SchemaNode } from '../schema/schema-json.js'

/**
 * A copy of one top-level object of an event without fields that are null or empty text, which is how many languages
 * write "not set"; undefined when nothing is left.
 *
 * Only fields of the format are touched: what a producer puts into details, states and labels is its own business, and
 * a name the format does not know stays, to be refused.
 */
export function withoutEmpty(value: Json, top: string): Json | undefined {
  const node = eventSchema.properties![top]
  return node && resolved(node).properties ? strip(value, resolved(node)) : { ...value }
}

function strip(value: Json, node: SchemaNode): Json | undefined {
  const names = Object.keys(value)
  const out: Json = {}
  let kept = 0
  for (const name of names) {
    const schema = node.properties?.[name]
    const member = schema === undefined ? value[name] : stripped(value[name], resolved(schema))
    if (member === undefined) continue
    setOwn(out, name, member)
    kept++
  }
  return kept === 0 && names.length > 0 ? undefined : out
}

function stripped(value: unknown, node: SchemaNode): unknown {
  if (value === null || value === '') return undefined
  if (Array.isArray(value))
    return node.items ? value.map((item) => stripped(item, resolved(node.items!)) ?? item) : value
  return isObject(value) && node.properties ? strip(value, node) : value
}
