import type { AuditEvent } from '@tidemark/event'
import type { Sql } from '@tidemark/query'
import type { LoadBatch, LoadRefusalCode, QueryRefusalCode } from '@tidemark/store'
import type { Remedy } from './index-failed.js'

/** How the index process is set up; sent once, before anything else. */
export type IndexSettings = {
  /** The database file; made when it is not there. Its folder also gets temporary files. */
  readonly file: string
  readonly memoryLimitMb: number
  /** How much a query may spill to disk before it is refused as `too_large`. */
  readonly spillLimitMb: number
  readonly threads: number
  /** Questions answered at the same time, and how many more may wait. */
  readonly readers: number
  readonly waiting: number
  /** Loaded events are written to the file after this time at the latest. */
  readonly saveAfterMs: number
}

export type PageQuestion = {
  readonly log: string
  readonly where: Sql
  readonly order: 'desc' | 'asc'
  readonly limit: number
  readonly after?: { readonly timeNs: bigint; readonly index: number } | undefined
  readonly asOf?: number | undefined
}
export type PageAnswer = {
  readonly events: AuditEvent[]
  readonly total: number
  readonly more: boolean
  readonly asOf: number
}

/** A statement over the relation `sight`: the events of one log that the question may see. */
export type TableQuestion = { readonly log: string; readonly statement: Sql; readonly asOf?: number | undefined }
export type TableAnswer = { readonly rows: unknown[][]; readonly asOf: number }

export type IndexStatus = {
  /** Bytes of the database file as of the last checkpoint. */
  readonly fileBytes: number
  readonly events: number
  readonly logs: readonly { readonly log: string; readonly cursor: number; readonly savedCursor: number }[]
  /** How the last opening went: `rebuilt` when an unusable file was set aside. */
  readonly opened: 'existing' | 'new' | 'rebuilt'
  readonly setAside?: string | undefined
}

/** What can be asked of the index process: parameters and answer of every method. */
export type IndexCalls = {
  open: { params: IndexSettings; answer: IndexStatus }
  load: { params: LoadBatch; answer: null }
  cursor: { params: { log: string }; answer: number }
  page: { params: PageQuestion; answer: PageAnswer }
  pick: { params: { log: string; by: { id: string } | { index: number } }; answer: AuditEvent | null }
  table: { params: TableQuestion; answer: TableAnswer }
  status: { params: null; answer: IndexStatus }
  save: { params: null; answer: null }
  close: { params: null; answer: null }
}
export type IndexMethod = keyof IndexCalls

/** `timeoutMs` counts from the arrival of the call. */
export type Call<M extends IndexMethod = IndexMethod> = {
  readonly kind: 'call'
  readonly id: number
  readonly method: M
  readonly params: IndexCalls[M]['params']
  readonly timeoutMs: number | null
}
export type Cancel = { readonly kind: 'cancel'; readonly id: number }
export type ToIndex = Call | Cancel

/**
 * The answer of a long page comes in slices, so that neither side is held up by one big message: `slice` messages carry
 * events, the `answer` the rest.
 */
export type FromIndex =
  | { readonly kind: 'slice'; readonly id: number; readonly events: AuditEvent[] }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly refusal: RefusalMessage }

export type RefusalMessage =
  | { readonly of: 'query'; readonly code: QueryRefusalCode; readonly message: string }
  | { readonly of: 'load'; readonly code: LoadRefusalCode; readonly cursor: number; readonly message: string }
  | { readonly of: 'failure'; readonly remedy: Remedy; readonly message: string }
