import { z } from 'zod'

/** Values that YAML writes without more ado. */
const scalar = z.union([z.string(), z.number(), z.boolean()])

/** Whether a rule applies to a record: one path, one question. */
export const conditionShape = z
  .strictObject({
    path: z.string().min(1),
    equals: scalar.optional(),
    in: z.array(scalar).min(1).max(256).optional(),
    like: z.string().min(1).max(256).optional(),
    exists: z.boolean().optional(),
  })
  .refine((condition) => Object.keys(condition).length === 2, 'ask one question: equals, in, like or exists')
export type ConditionShape = z.infer<typeof conditionShape>

const conditions = z.union([conditionShape, z.array(conditionShape).min(1).max(16)])

/** Where a value is read from, and what is made of it. */
export const readShape = z.strictObject({
  path: z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(8)]),
  values: z.record(z.string(), scalar).optional(),
  as: z.enum(['text', 'lower', 'upper', 'snake', 'number', 'boolean', 'list']).optional(),
  time: z.string().min(1).max(64).optional(),
  offset: z
    .string()
    .regex(/^([+-]\d\d:\d\d|Z)$/, 'write an offset such as +02:00, or Z')
    .optional(),
  split: z.string().min(1).max(8).optional(),
  default: scalar.optional(),
})
export type ReadShape = z.infer<typeof readShape>

/** One branch of a rule; the first whose conditions hold decides. `use` and `otherwise` are looked at by themselves. */
export const choiceShape = z.union([
  z.strictObject({ when: conditions, use: z.unknown() }),
  z.strictObject({ otherwise: z.unknown() }),
])

/** A mapping file, as docs/mapping-files.md describes it. */
export const mappingFileShape = z.strictObject({
  'tidemark-mapping': z.literal(1),
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)*$/, 'write a name such as acme.billing')
    .max(64),
  description: z.string().max(1024).optional(),
  only: conditions.optional(),
  event: z.record(z.string(), z.unknown()),
  drop: z.array(z.string().min(1)).max(256).optional(),
  unmapped: z.enum(['keep', 'drop']).optional(),
})
export type MappingFile = z.infer<typeof mappingFileShape>
