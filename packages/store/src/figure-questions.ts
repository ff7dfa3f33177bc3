import { type BoundField, type BoundQuery, bindQuery, type Cell, type Figures, fold, parseQuery } from '@tidemark/query'
import type { FacetsAnswer, FacetsRequest, ValueCount, ValuesRequest } from './event-store.js'
import { QueryRefused } from './refusals.js'

/** The figures of a query that ends in a pipe, and the tree size they stand for. */
export type FiguresAsOf = Figures & { readonly asOf: number }

/** Answers one pipe over the events of one log: all that a driver needs for every kind of figure. */
export type AskFigures = (query: BoundQuery, asOf?: number) => Promise<FiguresAsOf>

/** Rows of one table of figures. */
export const MAX_ROWS = 10_000

/** Throws `too_large` for a table with more rows than are given out. */
export function refuseManyRows(rows: number): void {
  if (rows > MAX_ROWS)
    throw new QueryRefused('too_large', `the answer has more than ${MAX_ROWS} rows; ask for the top ones`)
}

/** The most frequent values of each field, all as of the same tree size. */
export async function answerFacets(
  { query, fields, limit, asOf }: FacetsRequest,
  ask: AskFigures,
): Promise<FacetsAnswer> {
  const ofField = async (field: BoundField, size?: number) => {
    const figures = await ask({ ...query, pipe: { kind: 'top', limit, field } }, size)
    return { facet: { field: field.name, values: valueCounts(figures) }, asOf: figures.asOf }
  }
  const [field, ...others] = fields
  if (!field) return { facets: [], asOf: (await ask({ ...query, pipe: { kind: 'count', by: [] } }, asOf)).asOf }
  const first = await ofField(field, asOf)
  const rest = await Promise.all(others.map((other) => ofField(other, first.asOf)))
  return { facets: [first, ...rest].map(({ facet }) => facet), asOf: first.asOf }
}

/** Values that start with a prefix, among the most frequent of the events that have such a value. */
export async function answerValues({ field, prefix, limit }: ValuesRequest, ask: AskFigures): Promise<ValueCount[]> {
  const word: BoundField = field.type === 'ip' ? { ...field, type: 'keyword' } : field
  const start = fold(prefix)
  const where: BoundQuery['where'] =
    start === '' || !hasWords.has(word.type)
      ? { kind: 'exists', field: word }
      : { kind: 'like', field: word, pattern: [{ text: start }, { wild: 'any' }] }
  const figures = await ask({ ...EVERYTHING, where, pipe: { kind: 'top', limit: MAX_LOOKED_AT, field: word } })
  return valueCounts(figures)
    .filter(({ value }) => fold(String(value)).startsWith(start))
    .slice(0, limit)
}

const hasWords = new Set<BoundField['type']>(['keyword', 'text', 'list', 'json'])

const EVERYTHING: BoundQuery = bindQuery(parseQuery('').query, { now: new Date(0), zone: 'UTC' })

/** An event with a list has other values beside the wanted one, so more are fetched than are shown. */
const MAX_LOOKED_AT = 1000

const valueCounts = ({ rows }: Figures): ValueCount[] =>
  rows.map(([value, count]) => ({ value: value as Cell, count: count as number }))
