import type { ConnectionOptions } from '../connection/connection-options.js'

export const searchFormats = ['table', 'json', 'ndjson', 'csv'] as const
export type SearchFormat = (typeof searchFormats)[number]

/** What `tidemark search` was asked besides the query. */
export type SearchOptions = ConnectionOptions & {
  readonly from?: string
  readonly to?: string
  readonly zone: string
  readonly limit: number
  readonly all?: boolean
  readonly order: 'asc' | 'desc'
  readonly asOf?: number
  readonly cursor?: string
  readonly log: 'main' | '_audit'
  readonly includeLogs?: boolean
  readonly format?: SearchFormat
  readonly json?: boolean
  readonly columns?: string
  readonly header: boolean
  readonly quiet?: boolean
}

export const formatOf = ({ format, json }: SearchOptions): SearchFormat => format ?? (json ? 'json' : 'table')

/** The part of a question that events and figures share. */
export const questionOf = (q: string, { asOf, from, to, zone, log, includeLogs }: SearchOptions) => ({
  q,
  asOf,
  from,
  to,
  zone,
  log,
  include: includeLogs ? ('logs' as const) : ('audit' as const),
})
