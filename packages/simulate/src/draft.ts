import { asciiJson } from './ascii-json.js'
import type { Machine, Service } from './company/machines.js'
import type { Person } from './company/people.js'

/**
 * One event before it is written down: who and what are fixed, ids and the state before a change are not yet.
 *
 * Members ending in `Json` hold JSON text, encoded once per person, session, machine or resource and used in every event.
 */
export type Draft = {
  /** When it happened, ms since 1970. */
  readonly at: number
  readonly action: string
  readonly outcome: 'success' | 'failure' | 'denied'
  readonly actorId: string
  /** Who and from where: the members `actor`, `session` and `client`, without braces. */
  readonly originJson: string
  readonly resourceJson: string
  readonly service: Service
  /** An object, or its JSON text where events are made by the million. */
  readonly details?: object | string | undefined
  readonly change?: Change | undefined
  /** Further members of the event (error, approval, business, labels, targets), or their JSON text without braces. */
  readonly more?: Readonly<Record<string, unknown>> | string | undefined
}

/** A change of something that has a state; what it was before is known only once the events are in order. */
export type Change = {
  /** Which thing changes, for example `settings/password-policy`. */
  readonly of: string
  /** How the thing was at the beginning. */
  readonly initial: Readonly<Record<string, unknown>>
  /** The members that change, given the state they change from. */
  readonly patch: (before: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>
}

/** Who an event is by and where it came from; spread into a draft. */
export type Origin = Pick<Draft, 'actorId' | 'originJson'>

/** `person` in `session`, at the desk (0), at home (1) or on the phone (2). */
export function asPerson(person: Person, session: string, place: 0 | 1 | 2 = 0): Origin {
  return originOf(person.id, person.actorJson, person.clients[place] as string, session)
}

export function asMachine(machine: Machine): Origin {
  return { actorId: machine.id, originJson: machine.originJson }
}

/** Someone who did not sign in: all that is known is the mail address they tried and where they came from. */
export function asUnknown(attemptedEmail: string, clientJson: string): Origin {
  const actor = { id: 'unknown', type: 'anonymous', role: 'unknown', email: attemptedEmail }
  return originOf(actor.id, asciiJson(actor), clientJson)
}

/** Whoever `actorJson` names, at `clientJson`, both JSON texts. */
export function originOf(actorId: string, actorJson: string, clientJson: string, session?: string): Origin {
  const sessionJson = session ? `"session":{"id":"${session}"},` : ''
  return { actorId, originJson: `"actor":${actorJson},${sessionJson}"client":${clientJson}` }
}

/** The JSON text of `resource`. */
export function resource(type: string, id: string, more: Readonly<Record<string, unknown>> = {}): string {
  return asciiJson({ type, id, ...more })
}
