import type { AuditEvent } from '@tidemark/event'
import type { BoundField, BoundQuery, Cell, Figures, Interval } from '@tidemark/query'

/**
 * The index of events that questions are asked of. Derived from the ledger: it may be lost at any time and is then
 * loaded again from leaf 0.
 *
 * Every question names one log and is answered from that log alone; the driver puts the filter in, no query text can
 * take it out. An answer covers the leaves below its `asOf` and is exact. Questions are refused with `QueryRefused`,
 * loads with `LoadRefused`.
 */
export interface EventStore {
  /**
   * Takes in the leaves [first, end) of a log; all of them or none, together with the cursor.
   *
   * A batch that lies wholly before the cursor was loaded before and changes nothing. Refused: `gap` when it starts
   * after the cursor, `overlap` when it starts before and ends after, `unreadable` when the lines are not the leaves
   * it names, `busy` when the index is not there; ask `cursor` before going on.
   */
  load(batch: LoadBatch): Promise<void>
  /** How many leaves of the log are loaded: the first leaf of the next batch. 0 for a log never seen. */
  cursor(log: string): Promise<number>
  /** The matching events in the order of their `time`, ties by leaf index, and how many there are in all. */
  search(scope: Scope, request: SearchRequest, asking?: Asking): Promise<SearchAnswer>
  /** The event with this id (a UUID in lower case); null when the log has none. */
  get(scope: Scope, id: string, asking?: Asking): Promise<AuditEvent | null>
  /** The event at this leaf; null for a control entry and beyond the loaded leaves. */
  byIndex(scope: Scope, index: number, asking?: Asking): Promise<AuditEvent | null>
  /** Counts per stretch of time, without gaps: a stretch in which nothing matches counts 0. */
  histogram(scope: Scope, request: HistogramRequest, asking?: Asking): Promise<HistogramAnswer>
  /** The most frequent values of each field among the matching events. */
  facets(scope: Scope, request: FacetsRequest, asking?: Asking): Promise<FacetsAnswer>
  /** Answers the pipe at the end of the query. */
  aggregate(scope: Scope, request: Question, asking?: Asking): Promise<AggregateAnswer>
  /** Values of a field that start with `prefix`, in any case, most frequent first: for completion while typing. */
  values(scope: Scope, request: ValuesRequest, asking?: Asking): Promise<readonly ValueCount[]>
  /** Writes out what is only in memory and lets go of every resource. Later calls are refused as `busy`. */
  close(): Promise<void>
}

/** Whom a question is about. `log` is `acme` or `acme/_audit`. */
export type Scope = { readonly log: string }

/** How long an answer is worth waiting for. Without a limit the driver's own stands. */
export type Asking = { readonly signal?: AbortSignal | undefined; readonly timeoutMs?: number | undefined }

/**
 * Lines of a write-ahead log that hold the leaves [first, end): events, control entries and commit lines; the last two
 * are not indexed. Either bytes `start` to `end` of a file, or the bytes themselves.
 */
export type LoadBatch = {
  readonly log: string
  readonly first: number
  readonly end: number
  readonly source: FileRange | { readonly bytes: Uint8Array }
}
export type FileRange = { readonly path: string; readonly start: number; readonly end: number }

/** `asOf` answers as when the log had that many leaves; default: all that are loaded. More than those: `busy`. */
export type Question = { readonly query: BoundQuery; readonly asOf?: number | undefined }

/** Place of an event in an answer: its `time` as it stands in the event, and its leaf index. */
export type Position = { readonly time: string; readonly index: number }

export type SearchRequest = Question & {
  /** By time: newest first, or oldest first. */
  readonly order: 'desc' | 'asc'
  /** 1 to 1,000 events. */
  readonly limit: number
  /** The last event of the page before; the answer begins behind it. */
  readonly after?: Position | undefined
}

/** One page. `total` counts every match, not only those on later pages; `more` says whether there are later pages. */
export type SearchAnswer = {
  readonly events: readonly AuditEvent[]
  readonly total: number
  readonly more: boolean
  readonly asOf: number
}

export type HistogramRequest = Question & {
  readonly interval: Interval
  /** IANA name of the zone in which days, weeks, months and years begin. */
  readonly zone: string
  /** Counts also by the values of this field. */
  readonly splitBy?: BoundField | undefined
  /** First and last instant that must be covered, RFC 3339; default: the first and the last match. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** `start` is the first instant of the stretch, RFC 3339 UTC. */
export type Bucket = {
  readonly start: string
  readonly count: number
  readonly split?: Readonly<Record<string, number>>
}
export type HistogramAnswer = { readonly buckets: readonly Bucket[]; readonly total: number; readonly asOf: number }

export type FacetsRequest = Question & { readonly fields: readonly BoundField[]; readonly limit: number }
export type ValueCount = { readonly value: Cell; readonly count: number }
export type Facet = { readonly field: string; readonly values: readonly ValueCount[] }
export type FacetsAnswer = { readonly facets: readonly Facet[]; readonly asOf: number }

/** The table that the pipe gives. */
export type AggregateAnswer = Figures & { readonly asOf: number }

export type ValuesRequest = { readonly field: BoundField; readonly prefix: string; readonly limit: number }
