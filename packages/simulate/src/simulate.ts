import type { ProducedEvent } from '@tidemark/event'
import { ByteWriter } from './byte-writer.js'
import { DAY_MS, isWorkday } from './calendar.js'
import { type Company, foundCompany } from './company/company.js'
import { type Estate, fillEstate } from './company/estate.js'
import type { Draft } from './draft.js'
import { type Incident, incidentsBefore } from './incident/incidents.js'
import { Random } from './random.js'
import { nightlyBackups } from './routine/backups.js'
import { EVENTS_PER_PROCESS, startProcess } from './routine/processes.js'
import { ordinaryDay } from './routine/workday.js'
import { planDays, type Span } from './schedule.js'
import { Scribe } from './scribe.js'

export type Simulation = {
  /** The same seed and the same other members give the same bytes, on every machine. Default `larkspur`. */
  readonly seed?: string
  /** Where time ends; every event lies before it. */
  readonly end: Date
  /** How far back the history reaches. Default 90. */
  readonly days?: number
  /** How many events there are, exactly. Default 100,000. */
  readonly events?: number
  /** Size of the staff, at least 60. Default grows with the events per day, from 72 to 1,500. */
  readonly people?: number
}

/** The history as one JSON text per event, in order of time, without newlines, in ASCII. Needs memory for one day. */
export function* simulateLines(simulation: Simulation): Generator<string, void, void> {
  const out = new ByteWriter()
  for (const _ of writeEvents(build(simulation), out)) yield out.takeText()
}

/** The same history as events. */
export function* simulateEvents(simulation: Simulation): Generator<ProducedEvent, void, void> {
  for (const line of simulateLines(simulation)) yield JSON.parse(line) as ProducedEvent
}

/** The same history as NDJSON, `batchEvents` events at a time (the last batch has fewer): the fast way to make many. */
export function* simulateBatches(simulation: Simulation, batchEvents: number): Generator<Uint8Array, void, void> {
  const out = new ByteWriter()
  let count = 0
  for (const _ of writeEvents(build(simulation), out)) {
    out.character(NEWLINE)
    count += 1
    if (count % batchEvents === 0) yield out.take()
  }
  if (out.length > 0) yield out.take()
}

/** Writes one event to `out` each time it is asked. */
function* writeEvents(world: World, out: ByteWriter): Generator<void, void, void> {
  const scribe = new Scribe(new Random(`${world.seed}/scribe`))
  const planned = planEvents(world)
  const plannedCount = [...planned.values()].reduce((sum, drafts) => sum + drafts.length, 0)
  for (const plan of planDays(world.span, world.events - plannedCount, new Random(`${world.seed}/days`))) {
    const random = new Random(`${world.seed}/day/${plan.day}`)
    const staff = world.company.people.filter((person) => !hasLeft(world, person.id, plan.day * DAY_MS))
    const drafts = ordinaryDay(plan, staff, world.company, world.estate, random).concat(planned.get(plan.day) ?? [])
    const keys = keysInOrderOfTime(drafts, plan.day * DAY_MS)
    for (let place = 0; place < keys.length; place++) {
      scribe.write(drafts[(keys[place] as number) % MOST_PER_DAY] as Draft, out)
      yield
    }
  }
}

/** The incidents told in such a history, oldest first; none when it has too few events to hold them. */
export function simulatedIncidents(simulation: Simulation): Incident[] {
  return build(simulation).incidents.toReversed()
}

/** The company whose history it is. */
export function simulatedCompany(simulation: Simulation): Company {
  return build(simulation).company
}

type World = {
  readonly seed: string
  readonly span: Span
  readonly events: number
  readonly company: Company
  readonly estate: Estate
  readonly incidents: readonly Incident[]
}

function build({ seed = 'larkspur', end, days = 90, events = 100_000, people }: Simulation): World {
  const endMs = end.getTime()
  const span = { startMs: endMs - days * DAY_MS, endMs }
  if (!(days > 0)) throw new RangeError('a simulation needs days > 0')
  if (!Number.isSafeInteger(events) || events < 0) throw new RangeError('events is a whole number')
  const size = people ?? Math.min(1_500, Math.max(72, Math.round(events / days / 15)))
  if (size < 60) throw new RangeError('a simulated company has at least 60 people')
  const company = foundCompany(seed, size)
  const told = incidentsBefore(Math.floor(endMs / DAY_MS)).filter(
    (incident) => (incident.day - 2) * DAY_MS >= span.startMs,
  )
  return {
    seed,
    span,
    events,
    company,
    estate: fillEstate(company.people, new Random(`${seed}/estate`)),
    incidents: events >= LEAST_EVENTS_FOR_INCIDENTS ? told : [],
  }
}

/** Backups, business processes and incidents, by the UTC day of each event; the rest of a day is routine. */
function planEvents(world: World): Map<number, Draft[]> {
  const { company, estate, events, incidents, seed, span } = world
  const byDay = new Map<number, Draft[]>()
  const keep = (draft: Draft) => {
    if (draft.at < span.startMs || draft.at >= span.endMs) return
    const day = Math.floor(draft.at / DAY_MS)
    byDay.get(day)?.push(draft) ?? byDay.set(day, [draft])
  }
  const first = Math.floor(span.startMs / DAY_MS)
  const last = Math.floor((span.endMs - 1) / DAY_MS)
  const perDay = events / (last - first + 1)
  const processesPerDay = Math.floor(Math.min(company.people.length / 6, (0.2 * perDay) / EVENTS_PER_PROCESS))
  for (let day = first; day <= last; day++) {
    const random = new Random(`${seed}/plan/${day}`)
    const scene = { company, estate, random, day }
    if (perDay >= LEAST_EVENTS_FOR_BACKUPS) {
      nightlyBackups(day * DAY_MS + 80 * 60_000, brokenBackupOn(incidents, day), company, random).forEach(keep)
    }
    const staffed = company.people.some((person) => isWorkday(person.office, day))
    for (let count = staffed ? processesPerDay : 0; count > 0; count--) {
      for (const draft of startProcess(scene)) if (!hasLeft(world, draft.actorId, draft.at)) keep(draft)
    }
    for (const incident of incidents) if (incident.day === day) incident.play(scene).forEach(keep)
  }
  return byDay
}

/** One number for each draft of a day: its time and its place, sorted; numbers sort far faster than drafts. */
function keysInOrderOfTime(drafts: readonly Draft[], dayMs: number): Float64Array {
  return Float64Array.from(drafts, (draft, index) => (draft.at - dayMs) * MOST_PER_DAY + index).sort()
}

function brokenBackupOn(incidents: readonly Incident[], day: number): string | undefined {
  return incidents.find((each) => each.failingBackup && day <= each.day && day > each.day - 3)?.failingBackup
}

function hasLeft({ company, incidents }: World, actorId: string, atMs: number): boolean {
  return incidents.some(
    ({ dismissed, day }) => dismissed && company.who(dismissed).id === actorId && atMs >= day * DAY_MS,
  )
}

const NEWLINE = 10

/** A power of two, so that time and place of a draft fit one exact number. */
const MOST_PER_DAY = 2 ** 25

/** Below these the stories would crowd out everything else. */
const LEAST_EVENTS_FOR_INCIDENTS = 2_000
const LEAST_EVENTS_FOR_BACKUPS = 60
