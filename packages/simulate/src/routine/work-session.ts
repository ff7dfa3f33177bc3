import { MINUTE_MS } from '../calendar.js'
import type { Estate } from '../company/estate.js'
import type { Machine } from '../company/machines.js'
import { services } from '../company/machines.js'
import type { Person } from '../company/people.js'
import { asPerson, asUnknown, type Draft, type Origin, originOf } from '../draft.js'
import type { Random } from '../random.js'
import { deedsOf } from './deeds.js'
import { doDeed } from './do-deed.js'

/** One sitting at work. */
export type Sitting = {
  readonly person: Person
  /** First event, ms. */
  readonly startMs: number
  readonly lengthMs: number
  /** How many deeds between sign-in and sign-out. */
  readonly deeds: number
  readonly place: 0 | 1 | 2
}

/** What someone leaves in the trail from sign-in to sign-out, in order of time. */
export function workSession(sitting: Sitting, estate: Estate, scheduler: Machine, random: Random): Draft[] {
  const { person, startMs, lengthMs, place } = sitting
  const session = `ses_${random.hex16()}`
  const origin = asPerson(person, session, place)
  const drafts = signIn(person, place, origin, session, startMs, random)
  const firstDeedMs = (drafts.at(-1)?.at ?? startMs) + random.between(2_000, 40_000)
  const gapMs = Math.max(1, (lengthMs - (firstDeedMs - startMs)) / (sitting.deeds + 1))
  const duties = deedsOf[person.role]
  let at = firstDeedMs
  for (let count = 0; count < sitting.deeds; count++) {
    drafts.push(doDeed(person, origin, random.weighted(duties), at, estate, random))
    at += Math.max(1, Math.round(gapMs * (0.2 + 1.6 * random.fraction())))
  }
  drafts.push(signOut(origin, session, at, scheduler, random))
  return drafts
}

function signIn(
  person: Person,
  place: Sitting['place'],
  origin: Origin,
  session: string,
  startMs: number,
  random: Random,
): Draft[] {
  const act = (at: number, action: string, outcome: Draft['outcome'], details: string, more?: string): Draft =>
    sessionEvent(at, origin, session, action, outcome, details, more)
  const drafts: Draft[] = []
  let at = startMs
  if (random.chance(0.05)) {
    drafts.push(badPassword(person, place, at))
    at += random.between(4_000, 25_000)
  }
  if (person.mfa) {
    const failed = random.chance(0.02)
    if (failed) {
      drafts.push(act(at, 'auth.mfa', 'failure', '{"method":"totp","reason":"code_expired","attempt":1}'))
      at += random.between(5_000, 20_000)
    }
    const method = random.chance(0.3) ? 'webauthn' : 'totp'
    const details = `{"method":"${method}","challenge":"sign_in","attempt":${failed ? 2 : 1}}`
    drafts.push(act(at, 'auth.mfa', 'success', details))
    at += random.between(300, 1_500)
  }
  const details = `{"method":"password","mfaUsed":${person.mfa},"newDevice":${random.chance(0.03)}}`
  drafts.push(act(at, 'auth.login', 'success', details, `"business":{"department":"${person.department}"}`))
  return drafts
}

/** A sign-in with a wrong password: nobody is authenticated, so the actor is unknown. */
function badPassword(person: Person, place: Sitting['place'], at: number): Draft {
  return {
    ...asUnknown(person.email, person.clients[place] as string),
    at,
    action: 'auth.login',
    outcome: 'failure',
    service: services.audit,
    resourceJson: sessionResource('N/A'),
    details: { reason: 'invalid_credentials', method: 'password' },
    more: { error: { code: 'invalid_credentials' } },
  }
}

function signOut(origin: Origin, session: string, at: number, scheduler: Machine, random: Random): Draft {
  if (random.chance(0.7)) {
    return sessionEvent(at, origin, session, 'auth.logout', 'success', '{"reason":"user_request"}')
  }
  const expirer = originOf(scheduler.id, scheduler.actorJson, scheduler.clientJson, session)
  const details = '{"reason":"idle_timeout","idleMinutes":30}'
  return sessionEvent(at + 30 * MINUTE_MS, expirer, session, 'session.expire', 'success', details)
}

function sessionEvent(
  at: number,
  { actorId, originJson }: Origin,
  session: string,
  action: string,
  outcome: Draft['outcome'],
  details: string,
  more?: string,
): Draft {
  const resourceJson = sessionResource(session)
  return {
    at,
    action,
    outcome,
    actorId,
    originJson,
    resourceJson,
    service: services.audit,
    details,
    change: undefined,
    more,
  }
}

/** The JSON text of a session as a resource. */
export function sessionResource(session: string): string {
  return `{"type":"session","id":"${session}"}`
}
