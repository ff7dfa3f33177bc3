import { z } from 'zod'
import { TreeSize, whichLog } from './scalars.js'
import { Question } from './search.js'

const Cell = z.union([z.string(), z.number(), z.boolean(), z.null()])

export const HistogramParameters = Question.extend({
  interval: z
    .string()
    .regex(/^[1-9][0-9]{0,3}(s|m|h|d|w|mo|y)$/)
    .default('1d')
    .describe('Width of a bar: a number and s m h d w mo y'),
  splitBy: z.string().max(128).optional().describe('Field to split each bar by'),
})

/** Bars in time order; a bar without events counts 0. `start` is the first instant of the bar. */
export const Histogram = z.object({
  interval: z.string(),
  zone: z.string(),
  buckets: z.array(
    z.object({ start: z.string(), count: z.number().int(), split: z.record(z.string(), z.number().int()).optional() }),
  ),
  total: z.number().int(),
  asOf: TreeSize,
  query: z.string(),
})

export const FacetsParameters = Question.extend({
  fields: z.string().max(1024).default('action,outcome,actor_id,resource_type').describe('Field names, comma between'),
  limit: z.coerce.number().int().min(1).max(100).default(10).describe('Values per field'),
})

export const Facets = z.object({
  facets: z.array(z.object({ field: z.string(), values: z.array(z.object({ value: Cell, count: z.number().int() })) })),
  asOf: TreeSize,
  query: z.string(),
})

/** The query must end in a pipe: `… | count by action, outcome`. */
export const AggregateParameters = Question

export const Aggregate = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.unknown())),
  asOf: TreeSize,
  query: z.string(),
})

export const FieldsParameters = z.strictObject({
  field: z.string().max(128).optional().describe('Give values of this field instead of the list of fields'),
  prefix: z.string().max(256).default(''),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  log: whichLog,
})

/** What a query may name; `values` only when a field was asked for. */
export const Fields = z.object({
  fields: z.array(z.object({ name: z.string(), path: z.string(), type: z.string() })),
  values: z.array(z.object({ value: Cell, count: z.number().int().optional() })).optional(),
})

export type Histogram = z.infer<typeof Histogram>
export type Facets = z.infer<typeof Facets>
export type Aggregate = z.infer<typeof Aggregate>
export type Fields = z.infer<typeof Fields>
