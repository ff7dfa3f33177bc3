import { idFromTime, type ProducedEvent, parseAddress, parseInstant } from '@tidemark/event'
import type { Mapper } from '../mapper.js'
import { clip, type Foreign, hashText, isObject, rawPayload, readForeign } from '../record.js'
import { actorOf, onBehalfOf } from './actor.js'
import { actionOf, callOf, categoryOf, textOf } from './call.js'
import { detailsOf } from './details.js'
import { outcomeOf } from './outcome.js'
import { cloudtrailRecord } from './record.js'
import { resourcesOf } from './resources.js'

/**
 * AWS CloudTrail records: one of `{"Records":[…]}` as delivered to S3, one line of NDJSON, or one of the answer of
 * LookupEvents, in which the record is a string.
 *
 * Source: "CloudTrail record contents" and "CloudTrail userIdentity element" in the AWS CloudTrail User Guide.
 */
export const cloudtrail: Mapper = {
  format: 'aws.cloudtrail',
  map(text) {
    const value = readForeign(text)
    if (value === undefined) return { refusal: { code: 'invalid_json', pointer: '', reason: 'expected JSON' } }
    const record = cloudtrailRecord(value)
    if (!record) {
      const reason = 'expected a CloudTrail record, an object with eventName and eventSource'
      return { refusal: { code: 'other_format', pointer: '', reason } }
    }
    return { event: eventOf(record, text), raw: rawPayload('aws.cloudtrail', text) }
  },
}

function eventOf(record: Foreign, text: string): ProducedEvent {
  const call = callOf(record)
  const time = timeOf(record)
  const category = categoryOf(call)
  const behalf = onBehalfOf(record)
  const session = isObject(record.userIdentity) ? textOf(record.userIdentity.accessKeyId) : undefined
  const request = textOf(record.requestID)
  const client = clientOf(record)
  const facts: Omit<ProducedEvent, 'details'> = {
    ...(time && { id: idOf(time, record, text), time }),
    action: actionOf(call),
    ...(category && { category }),
    ...outcomeOf(record),
    actor: actorOf(record),
    ...(behalf && { onBehalfOf: behalf }),
    ...resourcesOf(record, call),
    ...(session && { session: { id: clip(session, 256) } }),
    ...(request && { request: { id: clip(request, 256) } }),
    ...(client && { client }),
    message: `AWS ${call.service || 'call'}: ${clip(textOf(record.eventName) ?? '', 1024)}`,
    labels: labelsOf(record),
  }
  return { ...facts, details: detailsOf(record, facts) }
}

/** `eventTime` is RFC 3339 in AWS's own files; some stores write `2025-01-21 17:49:47.000000000`. */
function timeOf(record: Foreign): string | undefined {
  const written = textOf(record.eventTime)?.replace(/^(\d{4}-\d\d-\d\d) /, '$1T')
  if (written === undefined) return undefined
  return (parseInstant(written) ?? parseInstant(`${written}Z`))?.text
}

/**
 * The same record always gets the same id, so taking a file in twice stores it once. Where AWS's own id is missing or
 * made up, the whole text decides.
 */
function idOf(time: string, record: Foreign, text: string): string {
  const own = textOf(record.eventID)
  const isUnique = own !== undefined && UUID.test(own)
  const seed = isUnique ? `${textOf(record.recipientAccountId) ?? ''}\n${own.toLowerCase()}` : text
  return idFromTime(Date.parse(time), hashText(`aws.cloudtrail\n${seed}`))
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Calls that AWS makes for itself have a host name or "AWS Internal" where the address should be. */
function clientOf(record: Foreign): ProducedEvent['client'] {
  const address = parseAddress(textOf(record.sourceIPAddress) ?? '')
  const agent = textOf(record.userAgent)
  if (!address && !agent) return undefined
  return { ...(address && { ip: address.text }), ...(agent && { userAgent: clip(agent, 1024) }) }
}

function labelsOf(record: Foreign): Record<string, string> {
  const account = textOf(record.recipientAccountId)
  const region = textOf(record.awsRegion)
  return {
    cloud: 'aws',
    ...(account && { account: clip(account, 256) }),
    ...(region && { region: clip(region, 256) }),
  }
}
