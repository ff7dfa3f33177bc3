import { MINUTE_MS } from '../calendar.js'
import { services } from '../company/machines.js'
import type { Person } from '../company/people.js'
import { type Draft, resource } from '../draft.js'
import { colleague, instantText, type Scene, signedIn, workingMoment } from '../scene.js'

/** The resource of the production database, as in `resource_id:production-database`. */
export const productionDatabase = resource('database', 'production-database', {
  name: 'Production database (payments)',
  owner: 'platform',
  classification: 'restricted',
})

/** A named person works on the production database: asked, approved, connected, queries, disconnected. */
export function accessDatabase(scene: Scene): Draft[] {
  const { random } = scene
  const person = random.pick(databaseUsers(scene))
  const approver = scene.company.who(person.part === 'platformAdmin' ? 'securityLead' : 'platformAdmin')
  const emergency = random.chance(0.06)
  const requestId = `dba-${random.hex8()}`
  const at = workingMoment(scene, person)
  const ticket = `OPS-${random.between(2_000, 4_999)}`
  const reason = random.pick(reasons)
  const decision = { approver: approver.id, decision: 'approved', at: instantText(at + 6 * MINUTE_MS) }
  const approval = emergency
    ? { required: true, status: 'skipped', requestId, reason: 'outage, nobody reachable', breakGlass: true }
    : { required: true, status: 'approved', requestId, reason, chain: [decision] }
  const business = { department: person.department, ticket }
  const asked: Draft = {
    ...signedIn(person, random),
    at,
    action: 'access.request',
    outcome: 'success',
    service: services.identity,
    resourceJson: productionDatabase,
    details: { reason, minutes: 60 },
    more: { approval: { required: true, status: 'pending', requestId, reason }, business },
  }
  const approved: Draft = {
    ...signedIn(approver, random),
    at: at + 6 * MINUTE_MS,
    action: 'access.approve',
    outcome: 'success',
    service: services.identity,
    resourceJson: productionDatabase,
    details: { subject: person.id, minutes: 60 },
    more: { approval, business },
  }
  const work = connection(person, at + 9 * MINUTE_MS, { approval, business }, scene)
  return emergency ? work : [asked, approved, ...work]
}

/** Someone without an approval tries to connect and is turned away. */
export function refusedDatabaseAccess(scene: Scene): Draft[] {
  const { random } = scene
  const person = colleague(scene, random.pick(['engineer', 'analyst'] as const), ...databaseUsers(scene))
  const details = { database: 'payments', user: person.email.split('@')[0], reason: 'no_approved_request' }
  const more = { error: { code: 'access_not_approved' }, business: { department: person.department } }
  return [
    {
      ...signedIn(person, random),
      at: workingMoment(scene, person),
      action: 'database.connect',
      outcome: 'denied',
      service: services.database,
      resourceJson: productionDatabase,
      details,
      more,
    },
  ]
}

function connection(person: Person, startMs: number, more: Record<string, unknown>, { random }: Scene): Draft[] {
  const origin = signedIn(person, random)
  const base = { ...origin, service: services.database, resourceJson: productionDatabase, outcome: 'success' as const }
  const details = { database: 'payments', protocol: 'postgresql', tls: 'TLSv1.3', gateway: 'bastion-1' }
  const drafts: Draft[] = [{ ...base, at: startMs, action: 'database.connect', details, more }]
  let at = startMs
  for (let count = random.between(2, 6); count > 0; count--) {
    at += random.between(40, 400) * 1_000
    const statement = random.pick(statements)
    const failed = random.chance(0.05)
    const query = { ...statement, rows: failed ? 0 : random.between(1, 900), durationMs: random.between(2, 1_800) }
    const error = failed ? { error: { code: '57014', message: 'canceling statement due to statement timeout' } } : {}
    drafts.push({
      ...base,
      at,
      action: 'database.query',
      outcome: failed ? 'failure' : 'success',
      details: query,
      more: { ...more, ...error },
    })
  }
  drafts.push({
    ...base,
    at: at + random.between(1, 9) * MINUTE_MS,
    action: 'database.disconnect',
    details: { database: 'payments', seconds: Math.round((at - startMs) / 1_000) },
  })
  return drafts
}

/** The few who may ask for it: the database engineer, administrators on call, a handful of platform engineers. */
function databaseUsers({ company }: Scene): readonly Person[] {
  const named = company.people.filter((person) => person.part && person.roles.includes('on-call'))
  const platform = company.people.filter((person) => person.department === 'Platform' && !person.part)
  return [...named, ...platform.slice(0, 5)]
}

const statements = [
  {
    verb: 'SELECT',
    tables: ['payments'],
    statement: 'SELECT status, count(*) FROM payments WHERE created_at > $1 GROUP BY status',
  },
  { verb: 'SELECT', tables: ['ledger_entries'], statement: 'SELECT * FROM ledger_entries WHERE payment_id = $1' },
  {
    verb: 'SELECT',
    tables: ['customers', 'accounts'],
    statement: 'SELECT id, tier FROM customers JOIN accounts USING (id) WHERE id = $1',
  },
  { verb: 'UPDATE', tables: ['payouts'], statement: "UPDATE payouts SET state = 'retry' WHERE id = $1" },
  {
    verb: 'EXPLAIN',
    tables: ['payments'],
    statement: 'EXPLAIN (ANALYZE) SELECT * FROM payments WHERE merchant_id = $1',
  },
]
const reasons = ['stuck payout', 'index tuning', 'data correction', 'customer escalation', 'migration check']
