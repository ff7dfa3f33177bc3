import { z } from 'zod'
import { text } from './text.js'
import { actorTypes } from './words.js'

/** What stays readable about an actor for as long as the event does: an identifier, no name. */
const pseudonym = {
  id: text(256).describe('Stable identifier of who acted; `unknown` when nobody was authenticated.'),
  type: z.enum(actorTypes).optional().describe('Default `user`, or `anonymous` when the id is `unknown`.'),
  role: text(256).optional().describe('The role in force at the time of the act.'),
  roles: z.array(text(256)).max(64).optional().describe('All roles in force, when there are several.'),
}

/** Who that is: kept in the vault under the person's own key, so that it can be erased. */
const identity = {
  email: text(320).optional().describe('For a failed sign-in: the address that was tried.'),
  name: text(256).optional().describe('The name people know them by.'),
  department: text(256).optional().describe('Where they worked at the time.'),
  status: text(64).optional().describe('For example `active`, `contractor`, `leaver`.'),
}

export const actor = z.strictObject({ ...pseudonym, ...identity }).meta({ id: 'Actor' })

export const geo = z.strictObject({
  country: text(2).optional().describe('ISO 3166-1 alpha-2.'),
  region: text(128).optional(),
  city: text(128).optional(),
})

export const device = z.strictObject({
  type: text(32).optional().describe('desktop, mobile, tablet, tv or bot.'),
  os: text(64).optional(),
  osVersion: text(64).optional(),
  browser: text(64).optional(),
  browserVersion: text(64).optional(),
})

const address = {
  ip: text(64).optional().describe('IPv4 or IPv6; stored in its shortest form, without port and zone.'),
  forwardedFor: z.array(text(256)).max(20).optional().describe('The X-Forwarded-For chain as received.'),
  userAgent: text(1024).optional().describe('As the client sent it; the device is read from it.'),
}

/** Where a producer says the act came from. */
export const producedClient = z.strictObject(address)

/** The same with what the server adds. */
export const client = z.strictObject({
  ...address,
  geo: geo.optional().meta({ readOnly: true }),
  device: device.optional().meta({ readOnly: true }),
})
