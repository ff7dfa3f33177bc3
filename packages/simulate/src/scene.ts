import { isWorkday, localInstant, MINUTE_MS } from './calendar.js'
import type { Role } from './company/cast.js'
import type { Company } from './company/company.js'
import type { Estate } from './company/estate.js'
import type { Person } from './company/people.js'
import { asPerson, type Draft, type Origin } from './draft.js'
import type { Random } from './random.js'

/** What a process or an incident plays in: the company, and the day (days since 1970) it begins. */
export type Scene = {
  readonly company: Company
  readonly estate: Estate
  readonly random: Random
  readonly day: number
}

/** A draft without the members that say who did it and when. */
export type Act = Omit<Draft, keyof Origin | 'at'>

/** A moment in `person`'s working hours, on `scene.day` or the first workday after it, plus `laterDays` workdays. */
export function workingMoment({ random, day }: Scene, person: Person, laterDays = 0): number {
  let date = day
  for (let rest = laterDays; ; date++) {
    if (!isWorkday(person.office, date)) continue
    if (rest === 0) break
    rest -= 1
  }
  return localInstant(person.office, date, random.between(9 * 60 + 30, 16 * 60)) + random.below(MINUTE_MS)
}

/** `person` in a session of its own, at the desk. */
export function signedIn(person: Person, random: Random): Origin {
  return asPerson(person, `ses_${random.hex16()}`)
}

/** Someone with `role` who is none of `others`. */
export function colleague({ company, random }: Scene, role: Role, ...others: readonly Person[]): Person {
  const candidates = company.people.filter((person) => person.role === role && !others.includes(person))
  return random.pick(candidates.length > 0 ? candidates : company.people.filter((person) => !others.includes(person)))
}

/** RFC 3339 of an instant in ms. */
export function instantText(ms: number): string {
  return new Date(ms).toISOString()
}
