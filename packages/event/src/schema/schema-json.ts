import { schema } from './published-schema.generated.js'

/** The parts of JSON Schema that the event's schema is made of. */
export type SchemaNode = {
  readonly $ref?: string
  readonly type?: string
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | SchemaNode
  readonly propertyNames?: SchemaNode
  readonly maxProperties?: number
  readonly items?: SchemaNode
  readonly maxItems?: number
  readonly enum?: readonly string[]
  readonly const?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly format?: string
  readonly title?: string
  readonly description?: string
}

/** The published schema of an event as producers send it. */
export const eventSchema = schema as unknown as SchemaNode & { readonly $defs: Readonly<Record<string, SchemaNode>> }

/** What a node stands for, references followed. */
export const resolved = (node: SchemaNode): SchemaNode =>
  node.$ref === undefined ? node : eventSchema.$defs[node.$ref.slice('#/$defs/'.length)]!

export const topLevelNames: ReadonlySet<string> = new Set(Object.keys(eventSchema.properties!))
