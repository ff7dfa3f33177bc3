import { eventSchema, resolved, type SchemaNode } from '../schema/schema-json.js'

/** One place of the event's schema. */
export type SchemaPlace = {
  /** Leads to this place in `fullEvent`; in lists to the first item. */
  readonly pointer: string
  /** The same with dots and without list positions. */
  readonly path: string
  readonly node: SchemaNode
}

/** Every place of the schema, the event itself first. */
export const places: readonly SchemaPlace[] = [...walk(eventSchema, '', [])]

function* walk(schema: SchemaNode, pointer: string, path: readonly string[]): Generator<SchemaPlace> {
  const node = resolved(schema)
  yield { pointer, path: path.join('.'), node }
  for (const [name, member] of Object.entries(node.properties ?? {})) {
    yield* walk(member, `${pointer}/${name}`, [...path, name])
  }
  if (node.items) yield* walk(node.items, `${pointer}/0`, path)
}
