import type { ProducedEvent } from '@tidemark/event'
import { clip, type Foreign } from '../record.js'
import { memberAt, textOf } from './call.js'

/** How a call ended. Sign-ins report in their answer, everything else by an error code. */
export function outcomeOf(record: Foreign): Pick<ProducedEvent, 'outcome' | 'error'> {
  const code = textOf(record.errorCode)
  const message = textOf(record.errorMessage)
  if (code === undefined && message === undefined && !saysFailure(record)) return { outcome: 'success' }
  const error = { ...(code && { code: clip(code, 64) }), ...(message && { message: clip(message, 1024) }) }
  const outcome = code !== undefined && DENIED.test(code) ? 'denied' : 'failure'
  return Object.keys(error).length > 0 ? { outcome, error } : { outcome }
}

/** The codes by which services say that the caller may not do this. */
const DENIED = /AccessDenied|Unauthori[sz]ed|NotAuthori[sz]ed|Forbidden|AuthFailure|ExplicitDeny|^403$/i

/** `responseElements: {ConsoleLogin: 'Failure'}`; IAM Identity Center says it in `serviceEventDetails`. */
function saysFailure(record: Foreign): boolean {
  const name = textOf(record.eventName) ?? ''
  return ['responseElements', 'serviceEventDetails'].some((part) => memberAt(record[part], name) === 'Failure')
}
