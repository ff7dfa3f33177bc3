import type { ProducedEvent } from '@tidemark/event'
import { fitDetails } from '../fit-details.js'
import type { Foreign } from '../record.js'
import { isObject } from '../record.js'

/**
 * Everything of a record that no field of the event holds as it is. AWS's names are kept, so that what is known about
 * CloudTrail can be used in queries: `details.userIdentity.sessionContext.attributes.mfaAuthenticated:false`.
 */
export function detailsOf(record: Foreign, event: Omit<ProducedEvent, 'details'>): Record<string, unknown> {
  const held: readonly (readonly [string, unknown])[] = [
    ['eventTime', event.time?.replace(/\.0+Z$/, 'Z')],
    ['requestID', event.request?.id],
    ['sourceIPAddress', event.client?.ip],
    ['userAgent', event.client?.userAgent],
    ['errorCode', event.error?.code],
    ['errorMessage', event.error?.message],
    ['awsRegion', event.labels?.region],
    ['recipientAccountId', event.labels?.account],
  ]
  const left: Record<string, unknown> = { ...record }
  for (const [name, value] of held) if (value !== undefined && left[name] === value) delete left[name]
  for (const [name, value] of Object.entries(left)) if (value === null) delete left[name]
  if (isObject(left.userIdentity)) left.userIdentity = withoutHeld(left.userIdentity, event)
  return fitDetails(left)
}

function withoutHeld(identity: Foreign, { actor }: Omit<ProducedEvent, 'details'>): Record<string, unknown> {
  const left: Record<string, unknown> = { ...identity }
  if (left.principalId === actor.id) delete left.principalId
  if (left.userName === actor.name) delete left.userName
  return left
}
