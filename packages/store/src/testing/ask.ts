import { type BoundQuery, bindQuery, parseQuery } from '@tidemark/query'

/** The moment at which test questions are asked. */
export const NOW = new Date('2025-03-02T12:00:00Z')

/** A query as a store takes it. */
export const ask = (text: string, zone = 'UTC'): BoundQuery => bindQuery(parseQuery(text).query, { now: NOW, zone })
