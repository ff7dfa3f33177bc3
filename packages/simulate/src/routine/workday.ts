import { DAY_MS, isWorkday, localInstant, MINUTE_MS } from '../calendar.js'
import type { Company } from '../company/company.js'
import type { Estate } from '../company/estate.js'
import type { Person } from '../company/people.js'
import type { Draft } from '../draft.js'
import type { Random } from '../random.js'
import { OPENING_MINUTE, type PlannedDay } from '../schedule.js'
import { machineEvent } from './machine-work.js'
import { workSession } from './work-session.js'

/** Exactly `plan.events` events of one ordinary day: people's sessions, and machines for the rest. Not sorted. */
export function ordinaryDay(
  plan: PlannedDay,
  staff: readonly Person[],
  company: Company,
  estate: Estate,
  random: Random,
): Draft[] {
  const drafts = peopleAtWork(plan, staff, company, estate, random)
  const { startMs, endMs } = plan.span
  while (drafts.length < plan.events) {
    drafts.push(machineEvent(startMs + random.below(endMs - startMs), company, estate, random))
  }
  return drafts
}

function peopleAtWork(
  plan: PlannedDay,
  staff: readonly Person[],
  company: Company,
  estate: Estate,
  random: Random,
): Draft[] {
  const { day, span } = plan
  const atWork = staff.filter((person) => isWorkday(person.office, day))
  const onDuty = atWork.length > 0 ? atWork : staff.filter((person) => person.roles.includes('on-call'))
  const wanted = Math.round(plan.events * plan.humanShare)
  const drafts: Draft[] = []
  const meanDeeds = wanted / (onDuty.length * SITTINGS_PER_DAY)
  const queue = random.shuffled(onDuty)
  for (let turn = 0; turn < queue.length * MOST_SITTINGS && wanted - drafts.length >= LEAST_EVENTS; turn++) {
    const person = queue[turn % queue.length] as Person
    const deeds = Math.min(
      Math.max(2, Math.round(meanDeeds * (0.4 + 1.2 * random.fraction()))),
      wanted - drafts.length - 2,
    )
    const round = Math.floor(turn / queue.length)
    const sitting = { person, deeds, ...hoursOf(person, day, round, atWork.length > 0, random) }
    const session = workSession(sitting, estate, company.machines.scheduler, random)
    const seen = session.filter((draft) => draft.at >= span.startMs && draft.at < span.endMs)
    if (drafts.length + seen.length <= plan.events) drafts.push(...seen)
  }
  return drafts
}

/** The morning first, then the afternoon, then whenever; on days off from home, at any waking hour. */
function hoursOf(person: Person, day: number, round: number, workday: boolean, random: Random) {
  if (!workday) {
    const startMs = day * DAY_MS + random.between(7 * 60, 21 * 60) * MINUTE_MS + random.below(MINUTE_MS)
    return { startMs, lengthMs: random.between(10, 60) * MINUTE_MS, place: 1 as const }
  }
  const [from, to] = rounds[Math.min(round, rounds.length - 1)] as readonly [number, number]
  const startMs = localInstant(person.office, day, OPENING_MINUTE + random.between(from, to)) + random.below(MINUTE_MS)
  const place = random.chance(0.72) ? 0 : random.chance(0.85) ? 1 : 2
  return { startMs, lengthMs: random.between(80, 225) * MINUTE_MS, place: place as 0 | 1 | 2 }
}

/** When a sitting begins, in minutes after opening. */
const rounds = [
  [10, 110],
  [290, 380],
  [30, 400],
] as const

const SITTINGS_PER_DAY = 1.35
/** After so many rounds the rest of the day's events is left to machines. */
const MOST_SITTINGS = 4
/** Second factor, sign-in, two deeds and sign-out. */
const LEAST_EVENTS = 6
