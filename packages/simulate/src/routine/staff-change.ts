import { asciiJson } from '../ascii-json.js'
import { MINUTE_MS } from '../calendar.js'
import { services } from '../company/machines.js'
import { MAIL_DOMAIN } from '../company/people.js'
import { asMachine, type Draft, originOf, resource } from '../draft.js'
import { colleague, type Scene, signedIn, workingMoment } from '../scene.js'

/** Someone new starts: account, role, second factor, training. */
export function joiner(scene: Scene): Draft[] {
  const { company, random } = scene
  const recruiter = colleague(scene, 'hr')
  const administrator = company.who('identityAdmin')
  const account = newAccount(scene)
  const at = workingMoment(scene, administrator)
  const targets = [{ type: 'user', id: account.id }]
  const origin = signedIn(administrator, random)
  const next = { status: 'active', role: account.role, department: account.department, mfa: 'required' }
  const person = {
    id: account.id,
    type: 'user',
    role: account.role,
    email: account.email,
    department: account.department,
  }
  const newcomer = originOf(account.id, asciiJson(person), recruiter.clients[0] as string, `ses_${random.hex16()}`)
  const service = services.audit
  return [
    {
      ...signedIn(recruiter, random),
      at: at - 40 * MINUTE_MS,
      action: 'employee.create',
      outcome: 'success',
      service,
      resourceJson: resource('employee', account.id, { owner: 'people' }),
      details: { contract: 'permanent', department: account.department },
    },
    {
      ...origin,
      at,
      action: 'user.create',
      outcome: 'success',
      service,
      resourceJson: account.resourceJson,
      details: { method: 'scim', ticket: account.ticket },
      change: { of: `account/${account.id}`, initial: {}, patch: () => next },
    },
    {
      ...origin,
      at: at + 3 * MINUTE_MS,
      action: 'role.assign',
      outcome: 'success',
      service,
      resourceJson: resource('role', account.role),
      details: { subject: account.id },
      more: { targets },
    },
    {
      ...newcomer,
      at: at + 50 * MINUTE_MS,
      action: 'auth.mfa.enroll',
      outcome: 'success',
      service: services.identity,
      resourceJson: account.resourceJson,
      details: { method: 'webauthn' },
    },
    {
      ...newcomer,
      at: at + 90 * MINUTE_MS,
      action: 'training.complete',
      outcome: 'success',
      service,
      resourceJson: resource('training', 'security-awareness'),
      details: { score: random.between(80, 100), acknowledged: 'information-security-policy' },
    },
  ]
}

/** Someone leaves: account closed, keys and sessions taken back on the last day. */
export function leaver(scene: Scene): Draft[] {
  const { company, random } = scene
  const administrator = company.who('identityAdmin')
  const account = newAccount(scene)
  const at = workingMoment(scene, administrator)
  const origin = signedIn(administrator, random)
  const base = { ...origin, service: services.audit, outcome: 'success' as const }
  const initial = { status: 'active', role: account.role, department: account.department }
  const details = { subject: account.id, cause: 'end of employment', ticket: account.ticket }
  return [
    {
      ...base,
      at,
      action: 'user.deactivate',
      resourceJson: account.resourceJson,
      details,
      change: { of: `account/${account.id}`, initial, patch: () => ({ status: 'deactivated' }) },
    },
    {
      ...asMachine(company.machines.provisioner),
      at: at + 20_000,
      action: 'session.revoke',
      outcome: 'success',
      service: services.identity,
      resourceJson: resource('session', 'list'),
      details,
    },
    {
      ...base,
      at: at + 4 * MINUTE_MS,
      action: 'permission.revoke',
      resourceJson: resource('permission', 'all', { owner: 'security' }),
      details,
    },
  ]
}

/** Someone forgot their password and sets a new one. */
export function passwordReset(scene: Scene): Draft[] {
  const { company, random } = scene
  const person = random.pick(company.people)
  const at = workingMoment(scene, person)
  const origin = signedIn(person, random)
  const resourceJson = resource('user', person.id)
  const base = { ...origin, service: services.audit, outcome: 'success' as const, resourceJson }
  return [
    { ...base, at, action: 'auth.password.reset', details: { channel: 'email', expiresMinutes: 30 } },
    {
      ...base,
      at: at + random.between(1, 20) * MINUTE_MS,
      action: 'auth.password.change',
      details: { policy: 'password-policy', strength: 'strong' },
    },
  ]
}

function newAccount({ random }: Scene) {
  const id = `usr_${random.hex8()}`
  const role = random.pick(['support', 'engineer', 'finance', 'sales'])
  const department = { support: 'Support', engineer: 'Payments', finance: 'Finance', sales: 'Sales' }[role] as string
  const email = `new.starter.${id.slice(4)}@${MAIL_DOMAIN}`
  return {
    id,
    role,
    department,
    email,
    ticket: `HR-${random.between(100, 999)}`,
    resourceJson: resource('user', id, { owner: 'it', classification: 'confidential' }),
  }
}
