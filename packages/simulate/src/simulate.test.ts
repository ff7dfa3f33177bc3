import { createHash } from 'node:crypto'
import { findAction, type ProducedEvent, prepareEvent } from '@tidemark/event'
import { describe, expect, test } from 'vitest'
import { DAY_MS } from './calendar.js'
import { simulateBatches, simulatedCompany, simulatedIncidents, simulateEvents, simulateLines } from './simulate.js'

const end = new Date('2025-06-16T14:00:00Z')
const lines = [...simulateLines({ end })]
const events = lines.map((line) => JSON.parse(line) as Event)

type Event = ProducedEvent & { time: string; id: string; source: { service: string; sequence?: number } }

const digest = (texts: Iterable<string>) => {
  const hash = createHash('sha256')
  for (const text of texts) hash.update(text)
  return hash.digest('hex')
}

describe('the stream', () => {
  test('the same seed gives the same bytes, another seed does not', () => {
    const few = { end, events: 3_000 }
    expect(digest(simulateLines(few))).toBe(digest(simulateLines(few)))
    expect(digest(simulateLines(few))).not.toBe(digest(simulateLines({ ...few, seed: 'other' })))
  })

  test.each([0, 1, 17, 999, 2_000, 12_345])('%i events asked for are exactly so many', (count) => {
    expect([...simulateLines({ end, events: count })]).toHaveLength(count)
  })

  test('ninety days and 100,000 events by default, all inside the span', () => {
    expect(lines).toHaveLength(100_000)
    expect(Date.parse(events[0]!.time)).toBeGreaterThanOrEqual(end.getTime() - 90 * DAY_MS)
    expect(Date.parse(events.at(-1)!.time)).toBeLessThan(end.getTime())
    expect(Date.parse(events.at(-1)!.time)).toBeGreaterThan(end.getTime() - 3_600_000)
  })

  test('events come in order of time, and ids sort the same way and say the time', () => {
    for (let index = 1; index < events.length; index++) {
      if (events[index]!.time < events[index - 1]!.time) expect.fail(`time goes back at ${index}`)
      if (events[index]!.id <= events[index - 1]!.id) expect.fail(`ids go back at ${index}`)
    }
    for (const { id, time } of events.slice(0, 500)) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(Number.parseInt(id.slice(0, 13).replace('-', ''), 16)).toBe(Date.parse(time))
    }
  })

  test('batches hold the same lines', () => {
    const few = { end, events: 2_500 }
    const batches = [...simulateBatches(few, 1_000)].map((batch) => Buffer.from(batch).toString())
    expect(batches.map((batch) => batch.split('\n').length - 1)).toEqual([1_000, 1_000, 500])
    expect(batches.join('')).toBe([...simulateLines(few)].map((line) => `${line}\n`).join(''))
  })

  test('an event has about 890 bytes', () => {
    const average = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0) / lines.length
    expect(average).toBeGreaterThan(860)
    expect(average).toBeLessThan(920)
  })

  test('a span of one day and a staff of a given size are possible, a staff of ten is not', () => {
    expect([...simulateEvents({ end, days: 1, events: 500 })]).toHaveLength(500)
    expect(simulatedCompany({ end, people: 150 }).people).toHaveLength(150)
    expect(() => simulatedCompany({ end, people: 10 })).toThrow(/at least 60/)
  })
})

test('every event is accepted as it is', () => {
  const context = {
    now: end.getTime(),
    origin: 'import',
    newId: () => expect.fail('has an id'),
    defaultService: 'none',
  } as const
  for (const line of lines) {
    const prepared = prepareEvent(line, context)
    if ('refusal' in prepared) expect.fail(`${JSON.stringify(prepared.refusal)} ${line}`)
  }
})

test('every action is in the catalogue, or reads as the data access of the guides', () => {
  const others = new Set(events.map((event) => event.action).filter((action) => !findAction(action)))
  for (const action of others) expect(action).toMatch(/^[a-z_]+\.(get|list|create|update)$/)
})

describe('the company', () => {
  test('has at least sixty people, each with a name, an address and an id of their own', () => {
    const { people } = simulatedCompany({ end })
    expect(people.length).toBeGreaterThanOrEqual(60)
    for (const member of ['id', 'email', 'name'] as const) {
      expect(new Set(people.map((person) => person[member])).size).toBe(people.length)
    }
    expect(new Set(people.map((person) => person.role)).size).toBe(9)
  })

  test('works in office hours: a workday is at least four times a Sunday, and 08–16 UTC four times the night', () => {
    const byWeekday = new Array<number>(7).fill(0)
    const byHour = new Array<number>(24).fill(0)
    for (const { time } of events) {
      byWeekday[new Date(time).getUTCDay()]! += 1
      byHour[new Date(time).getUTCHours()]! += 1
    }
    const sum = (hours: number[]) => hours.reduce((total, count) => total + count, 0)
    expect(byWeekday[3]! / byWeekday[0]!).toBeGreaterThan(4)
    expect(sum(byHour.slice(8, 16)) / sum([...byHour.slice(20), ...byHour.slice(0, 4)])).toBeGreaterThan(4)
  })

  test('rests on a holiday: Christmas sees far less than the day before', () => {
    const christmas = [...simulateEvents({ end: new Date('2025-12-29T00:00:00Z'), days: 12, events: 12_000 })]
    const on = (day: string) => christmas.filter((event) => event.time!.startsWith(day)).length
    expect(on('2025-12-23') / on('2025-12-25')).toBeGreaterThan(3)
  })

  test('signs in before it acts: a session that is signed out was signed in', () => {
    const signedIn = new Set<string>()
    for (const event of events) {
      if (event.action === 'auth.login' && event.outcome === 'success') signedIn.add(event.session!.id)
      const fromTheStart = Date.parse(event.time) > end.getTime() - 89 * DAY_MS
      if (event.action === 'auth.logout' && fromTheStart && !signedIn.has(event.session!.id))
        expect.fail(JSON.stringify(event))
    }
    expect(signedIn.size).toBeGreaterThan(3_000)
  })

  test('numbers the events of the production database without a gap', () => {
    const numbers = events.flatMap(({ source }) => source.sequence ?? [])
    expect(numbers.length).toBeGreaterThan(500)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  })

  test('nobody approves their own request', () => {
    for (const { approval, actor } of events) {
      if (approval?.status === 'pending') expect(approval.chain).toBeUndefined()
      for (const { approver } of approval?.chain ?? []) {
        if (approver === 'unknown' || approver === undefined) expect.fail(JSON.stringify(actor))
      }
    }
  })

  test('a change begins where the one before it ended', () => {
    const states = new Map<string, string>()
    let changes = 0
    for (const { action, change, resource } of events) {
      if (!change || action !== 'settings.update') continue
      const before = states.get(resource.id)
      if (before) expect(JSON.stringify(change.previous)).toBe(before)
      expect(change.changedFields?.length).toBeGreaterThan(0)
      states.set(resource.id, JSON.stringify(change.next))
      changes += 1
    }
    expect(changes).toBeGreaterThan(100)
  })

  test('whoever was dismissed does nothing more', () => {
    const company = simulatedCompany({ end })
    const export_ = simulatedIncidents({ end }).find((incident) => incident.dismissed)!
    const analyst = company.who(export_.dismissed!)
    const last = events.findLast((event) => event.actor.id === analyst.id)!
    expect(Date.parse(last.time)).toBeLessThan((export_.day + 1) * DAY_MS)
  })
})

describe('the questions of the guides have answers', () => {
  const audit = events.filter((event) => event.source.service === 'audit')

  test('authentication events, permission changes, denials and acts of administrators', () => {
    expect(audit.filter((event) => event.action.startsWith('auth.')).length).toBeGreaterThan(5_000)
    const roles = audit.filter((event) => event.action.endsWith('.update') && event.resource.type === 'role')
    expect(roles.length).toBeGreaterThan(50)
    expect(audit.filter((event) => event.outcome === 'denied').length).toBeGreaterThan(500)
    expect(audit.filter((event) => event.actor.role === 'admin').length).toBeGreaterThan(2_000)
  })

  test('five incidents, each visible on its day', () => {
    const incidents = simulatedIncidents({ end })
    expect(incidents.map((incident) => incident.number)).toEqual([
      'INC-0043',
      'INC-0044',
      'INC-0045',
      'INC-0046',
      'INC-0047',
    ])
    for (const incident of incidents) {
      const day = new Date(incident.day * DAY_MS).toISOString().slice(0, 10)
      const wrong = events.filter((event) => event.time.startsWith(day) && event.outcome !== 'success')
      expect(wrong.length).toBeGreaterThan(10)
      const told = events.filter((event) => event.resource.id === incident.number).map((event) => event.action)
      expect(told[0]).toBe('security.alert')
      expect(told).toContain('incident.create')
      expect(told.at(-1)).toBe('incident.close')
    }
  })

  test('the password spray tries most accounts, succeeds once and is locked out', () => {
    const spray = simulatedIncidents({ end }).at(-1)!
    const night = events.filter((event) => Math.floor(Date.parse(event.time) / DAY_MS) === spray.day)
    const attackers = night.filter((event) => event.client?.userAgent?.startsWith('python-requests'))
    expect(
      new Set(attackers.filter((event) => event.outcome === 'failure').map((event) => event.actor.email)).size,
    ).toBeGreaterThan(55)
    expect(attackers.filter((event) => event.action === 'auth.login' && event.outcome === 'success')).toHaveLength(1)
    expect(attackers.filter((event) => event.outcome === 'denied').length).toBeGreaterThan(3)
    expect(night.some((event) => event.action === 'auth.lockout')).toBe(true)
  })

  test('who accessed the production database: a handful of named people, and some who were refused', () => {
    const database = events.filter((event) => event.resource.id === 'production-database')
    const connected = database.filter((event) => event.action === 'database.connect' && event.outcome === 'success')
    const people = new Set(connected.map((event) => event.actor.name))
    expect(people.size).toBeGreaterThan(3)
    expect(people.size).toBeLessThan(12)
    expect(database.some((event) => event.outcome === 'denied')).toBe(true)
    expect(database.some((event) => event.approval?.breakGlass)).toBe(true)
  })
})
