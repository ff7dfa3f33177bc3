import { quoteAny, quotePlain } from '../json/json-text.js'
import { Recent } from '../recent.js'
import { refuse } from '../refusal.js'
import type { AuditEvent, ProducedEvent } from '../schema/event.js'
import { type Device, deviceOf } from '../values/device.js'
import { parseAddress } from '../values/ip.js'
import { personalPart } from './personal-part.js'

/** What an event says about a person and where they were: the same for most of what they do. */
export type PersonalRecord = {
  readonly client: AuditEvent['client']
  /** The client address as 32 hex digits; `''` when none is known. */
  readonly ipKey: string
  /** The `personal` part; `''` when nothing is known. */
  readonly text: string
}

const recent = new Recent<PersonalRecord>(16_384, 512)

/**
 * The personal side of an event, its address normalised and its device described. Refuses (EventRefused) `invalid_ip`.
 *
 * The last records are remembered, since one person at one place does many things. `plain` promises that no string of
 * the event needs an escape; then NUL cannot be in a string and separates them in the key.
 */
export function personalRecord(event: ProducedEvent, plain: boolean): PersonalRecord {
  const { actor, client } = event
  if (!plain || event.onBehalfOf || client?.forwardedFor || client?.ip === undefined) return describe(event, plain)
  const { email = '', name = '', department = '', status = '' } = actor
  const key = `${email}\0${name}\0${department}\0${status}\0${client.ip}\0${client.userAgent ?? ''}`
  return recent.of(key, () => describe(event, plain))
}

function describe(event: ProducedEvent, plain: boolean): PersonalRecord {
  const { ip, userAgent, forwardedFor } = event.client ?? {}
  const address = ip === undefined ? undefined : addressOf(ip)
  const device: Device | undefined = userAgent === undefined ? undefined : deviceOf(userAgent)
  const isKnown = address || userAgent !== undefined || forwardedFor
  const client = isKnown ? { ip: address?.text, forwardedFor, userAgent, device } : undefined
  const text = personalPart({ actor: event.actor, onBehalfOf: event.onBehalfOf, client }, plain ? quotePlain : quoteAny)
  return { client, ipKey: address?.key ?? '', text }
}

function addressOf(ip: string) {
  return (
    parseAddress(ip) ??
    refuse('invalid_ip', '/client/ip', `expected an IPv4 or IPv6 address, found ${JSON.stringify(ip)}`)
  )
}
