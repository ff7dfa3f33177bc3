import { z } from 'zod'
import { producedEvent } from '../schema/event.js'

/** The JSON Schema that producers can check their events with, made from the zod schema. Draft 2020-12. */
export function producedEventSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(producedEvent, { io: 'input', override: withoutEmptyRules })
  return { $schema, $id: 'urn:tidemark:audit-event:v1', ...schema }
}

/** zod writes out that names are strings and that anything goes, for objects with members of the producer's own. */
function withoutEmptyRules({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  const { additionalProperties, propertyNames } = jsonSchema
  if (isEmpty(additionalProperties)) delete jsonSchema.additionalProperties
  if (JSON.stringify(propertyNames) === '{"type":"string"}') delete jsonSchema.propertyNames
}

const isEmpty = (rule: unknown) => typeof rule === 'object' && rule !== null && Object.keys(rule).length === 0
