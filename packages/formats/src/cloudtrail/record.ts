import { type Foreign, isObject, readForeign } from '../record.js'
import { textOf } from './call.js'

/** The record in its usual form; undefined when the object is no CloudTrail record. */
export function cloudtrailRecord(value: unknown): Foreign | undefined {
  if (!isObject(value)) return undefined
  const inner = typeof value.CloudTrailEvent === 'string' ? readForeign(value.CloudTrailEvent) : undefined
  const record = withUsualNames(isObject(inner) ? inner : value)
  const origin = textOf(record.eventSource) ?? textOf(record.awsRegion) ?? textOf(record.eventVersion)
  return textOf(record.eventName) !== undefined && origin !== undefined ? record : undefined
}

/** Some stores write the names of columns in lower case. */
function withUsualNames(value: Foreign): Foreign {
  if (value.eventname === undefined) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [usualNames.get(name) ?? name, member]))
}

const usualNames = new Map(
  [
    ...['eventVersion', 'eventTime', 'eventSource', 'eventName', 'eventType', 'eventCategory', 'eventID', 'awsRegion'],
    ...['sourceIPAddress', 'userAgent', 'userIdentity', 'errorCode', 'errorMessage', 'requestParameters'],
    ...['responseElements', 'requestID', 'readOnly', 'managementEvent', 'recipientAccountId', 'additionalEventData'],
    ...['sharedEventID', 'resources'],
  ].map((name) => [name.toLowerCase(), name]),
)
