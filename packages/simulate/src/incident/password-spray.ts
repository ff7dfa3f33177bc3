import { asciiJson } from '../ascii-json.js'
import { DAY_MS, MINUTE_MS } from '../calendar.js'
import { services } from '../company/machines.js'
import type { Person } from '../company/people.js'
import { asMachine, asPerson, asUnknown, type Draft, originOf, resource } from '../draft.js'
import { sessionResource } from '../routine/work-session.js'
import { type Act, type Scene, signedIn, workingMoment } from '../scene.js'
import { caseFile } from './case-file.js'

/**
 * At night someone tries one common password on every account, gets into one that has no second factor, looks around,
 * is refused the keys, and is locked out half an hour later. By day the policy is tightened.
 */
export function passwordSpray(scene: Scene): Draft[] {
  const { company, random, day } = scene
  const startMs = day * DAY_MS + 130 * MINUTE_MS
  const victim = company.who('supportAgent')
  const responder = company.who('platformAdmin')
  const lead = company.who('securityLead')
  const number = 'INC-0047'
  const record = caseFile(scene, number, 'Password spray against staff accounts')
  const targets = [victim, ...company.people.filter((person) => person !== victim)].slice(0, 64)
  const attempts = random.shuffled(targets).flatMap((person, index) => attempt(person, startMs + index * 24_000, scene))
  const insideMs = startMs + 27 * MINUTE_MS
  const lockedMs = insideMs + 19 * MINUTE_MS
  return [
    ...attempts,
    ...intruder(victim, insideMs, scene),
    record.alert(insideMs + 8 * MINUTE_MS, 'auth.spray', {
      failures: attempts.length,
      sourceAddresses: attackers.length,
    }),
    record.open(responder, insideMs + 13 * MINUTE_MS),
    ...lockOut(victim, responder, lockedMs, scene),
    record.update(
      responder,
      lockedMs + 20 * MINUTE_MS,
      'contained',
      'account suspended, sessions revoked, addresses blocked',
    ),
    ...tighten(scene, victim, lead, number),
    record.update(
      lead,
      workingMoment(scene, lead) + 60 * MINUTE_MS,
      'eradicated',
      'second factor now required for everyone',
    ),
    record.close(lead, workingMoment(scene, lead, 2), 'one account read 9 customer records; customers informed'),
  ]
}

const attackers = ['192.0.2.18', '192.0.2.44', '198.51.100.77', '198.51.100.130']
const agent = 'python-requests/2.32.3'

function attempt(person: Person, at: number, { random }: Scene): Draft[] {
  const clientJson = asciiJson({ ip: random.pick(attackers), userAgent: agent })
  const details = { reason: 'invalid_credentials', method: 'password' }
  const draft: Draft = {
    ...asUnknown(person.email, clientJson),
    at: at + random.below(9_000),
    action: 'auth.login',
    outcome: 'failure',
    service: services.audit,
    resourceJson: resource('session', 'N/A'),
    details: { ...details, attempt: 1 },
    more: { error: { code: 'invalid_credentials' } },
  }
  return random.chance(0.4)
    ? [draft, { ...draft, at: draft.at + 600_000, details: { ...details, attempt: 2 } }]
    : [draft]
}

function intruder(victim: Person, startMs: number, { estate, random }: Scene): Draft[] {
  const session = `ses_${random.hex16()}`
  const clientJson = asciiJson({ ip: '198.51.100.77', userAgent: agent })
  const origin = originOf(victim.id, victim.actorJson, clientJson, session)
  const act = (seconds: number, rest: Act): Draft => ({ ...origin, at: startMs + seconds * 1_000, ...rest })
  const service = services.audit
  const read = Array.from({ length: 9 }, (_, index) =>
    act(70 + index * 31, {
      action: 'customer.get',
      outcome: 'success',
      service,
      resourceJson: random.pick(estate.customer).json,
      details: { method: 'GET', statusCode: 200, durationMs: random.between(20, 60) },
    }),
  )
  const refused = (seconds: number, action: string, resourceJson: string): Draft =>
    act(seconds, {
      action,
      outcome: 'denied',
      service,
      resourceJson,
      details: { method: 'POST', statusCode: 403, policy: 'rbac/v4' },
      more: { error: { code: 'forbidden' } },
    })
  return [
    act(0, {
      action: 'auth.login',
      outcome: 'success',
      service,
      resourceJson: sessionResource(session),
      details: { method: 'password', mfaUsed: false, newDevice: true, newLocation: true },
    }),
    act(25, {
      action: 'user.list',
      outcome: 'success',
      service,
      resourceJson: resource('user', 'list'),
      details: { method: 'GET', statusCode: 200, rows: 50 },
    }),
    ...read,
    refused(380, 'customer.export', resource('customer', 'list')),
    refused(402, 'api_key.create', resource('api_key', 'unknown')),
    refused(440, 'settings.update', resource('settings', 'mfa-policy')),
    refused(505, 'customer.export', resource('customer', 'list')),
  ]
}

function lockOut(victim: Person, responder: Person, at: number, { company, estate, random }: Scene): Draft[] {
  const origin = asPerson(responder, `ses_${random.hex16()}`, 1)
  const base = { service: services.audit, outcome: 'success' as const }
  const account = resource('user', victim.id, { name: victim.name, classification: 'confidential' })
  const initial = { status: 'active', mfa: 'none' }
  const blocked = { enabled: true, ranges: ['10.0.0.0/8'], blocked: attackers }
  return [
    {
      ...base,
      ...asMachine(company.machines.monitor),
      at: at - MINUTE_MS,
      action: 'auth.lockout',
      resourceJson: account,
      details: { reason: 'spray_detected', minutes: 60 },
    },
    {
      ...base,
      ...origin,
      at,
      action: 'user.suspend',
      resourceJson: account,
      details: { reason: 'suspected takeover', incident: 'INC-0047' },
      change: { of: `account/${victim.id}`, initial, patch: () => ({ status: 'suspended' }) },
    },
    {
      ...base,
      ...origin,
      at: at + 40_000,
      action: 'session.revoke',
      resourceJson: resource('session', 'list'),
      details: { subject: victim.id, sessions: 1 },
    },
    {
      ...base,
      ...origin,
      at: at + 95_000,
      action: 'auth.password.reset',
      resourceJson: account,
      details: { forced: true },
    },
    {
      ...base,
      ...origin,
      at: at + 200_000,
      action: 'settings.update',
      resourceJson: resource('settings', 'ip-allow-list', { owner: 'platform' }),
      details: { incident: 'INC-0047' },
      change: {
        of: 'settings/ip-allow-list',
        initial: { enabled: false, ranges: ['10.0.0.0/8'] },
        patch: () => blocked,
      },
    },
    ...estate.api_key.slice(0, 2).map(
      (key, index): Draft => ({
        ...base,
        ...origin,
        at: at + 260_000 + index * 9_000,
        action: 'api_key.rotate',
        resourceJson: key.json,
        details: { reason: 'precaution' },
      }),
    ),
  ]
}

function tighten(scene: Scene, victim: Person, lead: Person, number: string): Draft[] {
  const { company, random } = scene
  const approver = company.who('identityAdmin')
  const at = workingMoment(scene, lead)
  const origin = signedIn(lead, random)
  const change = resource('change', 'CHG-10047', { owner: 'security' })
  const approval = {
    required: true,
    status: 'approved',
    requestId: 'CHG-10047',
    reason: number,
    chain: [{ approver: approver.id, decision: 'approved' }],
  }
  const base = { service: services.audit, outcome: 'success' as const }
  const initial = { required: false, graceDays: 3, methods: ['totp', 'webauthn'] }
  return [
    {
      ...base,
      ...origin,
      at,
      action: 'change.create',
      resourceJson: change,
      details: { title: 'Require a second factor for everyone', incident: number },
    },
    {
      ...base,
      ...signedIn(approver, random),
      at: at + 25 * MINUTE_MS,
      action: 'change.approve',
      resourceJson: change,
      details: { incident: number },
      more: { approval },
    },
    {
      ...base,
      ...origin,
      at: at + 40 * MINUTE_MS,
      action: 'settings.update',
      resourceJson: resource('settings', 'mfa-policy', { owner: 'platform' }),
      details: { incident: number },
      change: { of: 'settings/mfa-policy', initial, patch: () => ({ required: true, graceDays: 0 }) },
      more: { approval },
    },
    {
      ...base,
      ...signedIn(approver, random),
      at: at + 70 * MINUTE_MS,
      action: 'user.reactivate',
      resourceJson: resource('user', victim.id, { classification: 'confidential' }),
      details: { incident: number, mfa: 'webauthn' },
      change: {
        of: `account/${victim.id}`,
        initial: { status: 'suspended', mfa: 'none' },
        patch: () => ({ status: 'active', mfa: 'webauthn' }),
      },
    },
  ]
}
