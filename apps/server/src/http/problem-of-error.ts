import { LedgerError, type LedgerErrorCode } from '@tidemark/ledger'
import { QueryError } from '@tidemark/query'
import { type QueryRefusalCode, QueryRefused } from '@tidemark/store'
import type { ProblemCode } from '@tidemark/wire'
import { ServerError, type ServerErrorCode } from '../server-error.js'
import { RequestProblem } from './request-problem.js'

/** What a typed refusal from below becomes for a client. The only table of its kind. */
const ofLedger = {
  busy: 'overloaded',
  full: 'ledger_unavailable',
  io: 'ledger_unavailable',
  failed: 'ledger_unavailable',
  closed: 'shutting_down',
  not_found: 'not_found',
} as const satisfies Partial<Record<LedgerErrorCode, ProblemCode>>

const ofQuery = {
  timeout: 'query_timeout',
  too_large: 'query_too_large',
  busy: 'index_unavailable',
  cancelled: 'index_unavailable',
} as const satisfies Record<QueryRefusalCode, ProblemCode>

const ofServer = {
  unknown_tenant: 'not_found',
  unknown_key: 'not_found',
  tenant_exists: 'conflict',
  invalid_tenant: 'invalid_parameter',
} as const satisfies Partial<Record<ServerErrorCode, ProblemCode>>

const ofFastify: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_BAD_URL: 'invalid_parameter',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
  FST_ERR_ASYNC_CONSTRAINT: 'internal',
}

/** The problem to answer with. What nobody foresaw becomes `internal` and keeps its words out of the answer. */
export function problemOfError(error: unknown): RequestProblem {
  if (error instanceof RequestProblem) return error
  if (error instanceof LedgerError) return ledgerProblem(error)
  if (error instanceof QueryError) {
    const [first] = error.problems
    return new RequestProblem('invalid_query', `Column ${first!.column}: ${first!.message}`, {
      problems: [...error.problems],
    })
  }
  if (error instanceof QueryRefused) {
    const extra = error.code === 'busy' ? { retryAfterSeconds: 1 } : {}
    return new RequestProblem(ofQuery[error.code], error.message, extra, { cause: error })
  }
  if (error instanceof ServerError && error.code in ofServer) {
    return new RequestProblem(ofServer[error.code as keyof typeof ofServer], error.message)
  }
  const code = ofFastify[(error as { code?: string }).code ?? '']
  if (code) return new RequestProblem(code, (error as Error).message)
  return new RequestProblem(
    'internal',
    'Something failed here. The reference finds it in the server log',
    {},
    { cause: error },
  )
}

function ledgerProblem(error: LedgerError): RequestProblem {
  const code = ofLedger[error.code as keyof typeof ofLedger] ?? 'internal'
  if (code === 'not_found') return new RequestProblem(code, 'The log has no such leaf')
  const retry =
    error.retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.max(1, Math.ceil(error.retryAfterMs / 1000)) }
  return new RequestProblem(code, wordsOf[code], retry, { cause: error })
}

const wordsOf = {
  overloaded:
    'Events arrive faster than they can be made durable. None of this request was acknowledged; send it again',
  ledger_unavailable: 'The ledger cannot write. None of this request was acknowledged; send it again with the same ids',
  shutting_down: 'The server is shutting down. None of this request was acknowledged; send it again with the same ids',
  internal: 'Something failed here. The reference finds it in the server log',
}
