import { arrayOf, member, objectOf, type Quote, textMember } from '../json/json-text.js'
import type { AuditEvent, ProducedEvent } from '../schema/event.js'

/** Who that is, as they were at the time; `''` when nothing is known. RFC 8785. */
export function personalPart(
  event: Pick<AuditEvent, 'client'> & Pick<ProducedEvent, 'actor' | 'onBehalfOf'>,
  quote: Quote,
): string {
  const people = event.onBehalfOf?.map((actor) => identity(actor, quote))
  return (
    objectOf(
      member('actor', identity(event.actor, quote)) +
        (event.client ? member('client', clientText(event.client, quote)) : '') +
        member('onBehalfOf', sparseArray(people)),
    ) ?? ''
  )
}

type Person = {
  email?: string | undefined
  name?: string | undefined
  department?: string | undefined
  status?: string | undefined
}

const identity = (person: Person, quote: Quote) =>
  objectOf(
    textMember('department', person.department, quote) +
      textMember('email', person.email, quote) +
      textMember('name', person.name, quote) +
      textMember('status', person.status, quote),
  )

type Client = NonNullable<AuditEvent['client']>

const clientText = (client: Client, quote: Quote) =>
  objectOf(
    (client.device ? member('device', deviceText(client.device, quote)) : '') +
      (client.forwardedFor ? `,"forwardedFor":${arrayOf(client.forwardedFor, quote)}` : '') +
      (client.geo ? member('geo', geoText(client.geo, quote)) : '') +
      (client.ip === undefined ? '' : `,"ip":"${client.ip}"`) +
      textMember('userAgent', client.userAgent, quote),
  )

const deviceText = (device: NonNullable<Client['device']>, quote: Quote) =>
  objectOf(
    textMember('browser', device.browser, quote) +
      textMember('browserVersion', device.browserVersion, quote) +
      textMember('os', device.os, quote) +
      textMember('osVersion', device.osVersion, quote) +
      textMember('type', device.type, quote),
  )

const geoText = (geo: NonNullable<Client['geo']>, quote: Quote) =>
  objectOf(
    textMember('city', geo.city, quote) +
      textMember('country', geo.country, quote) +
      textMember('region', geo.region, quote),
  )

/** Items that line up with those of another part, `{}` for one without members; undefined when none has any. */
export const sparseArray = (items: readonly (string | undefined)[] | undefined): string | undefined =>
  items?.some((item) => item !== undefined) ? arrayOf(items, (item) => item ?? '{}') : undefined
