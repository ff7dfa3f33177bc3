import { MINUTE_MS } from '../calendar.js'
import { services } from '../company/machines.js'
import { type Draft, resource } from '../draft.js'
import { type Scene, signedIn, workingMoment } from '../scene.js'
import { caseFile } from './case-file.js'

/** A contractor tries to make himself administrator, in three ways, and is refused each time; his rights are reviewed. */
export function privilegeEscalation(scene: Scene): Draft[] {
  const { company, random } = scene
  const contractor = company.who('contractor')
  const lead = company.who('securityLead')
  const reviewer = company.who('headOfPeople')
  const record = caseFile(scene, 'INC-0046', 'Attempt to gain administrator rights')
  const startMs = workingMoment(scene, contractor)
  const origin = signedIn(contractor, random)
  const service = services.audit
  const targets = [{ type: 'user', id: contractor.id }]
  const refused = (minutes: number, action: string, type: string, id: string, details: object): Draft => ({
    ...origin,
    at: startMs + minutes * MINUTE_MS + random.below(MINUTE_MS),
    action,
    outcome: 'denied',
    service,
    resourceJson: resource(type, id, { owner: 'security', classification: 'restricted' }),
    details: { method: 'POST', statusCode: 403, policy: 'rbac/v4', ...details },
    more: { error: { code: 'forbidden', message: 'Only administrators may change roles' }, targets },
  })
  const decidedMs = workingMoment(scene, lead, 1)
  const decision = { service, outcome: 'success' as const, more: { targets } }
  return [
    refused(0, 'role.update', 'role', 'admin', { add: contractor.id }),
    refused(2, 'role.update', 'role', 'release-engineer', { add: contractor.id }),
    refused(5, 'permission.grant', 'permission', 'secret.read', { subject: contractor.id }),
    refused(9, 'user.update', 'user', contractor.id, { field: 'role', value: 'admin' }),
    refused(14, 'api_key.create', 'api_key', 'unknown', { scopes: ['admin'] }),
    refused(21, 'secret.read', 'secret', 'signing-key', {}),
    refused(22, 'secret.read', 'secret', 'card-vault-key', {}),
    record.alert(startMs + 24 * MINUTE_MS, 'access.escalation', { denials: 7, subject: contractor.id }),
    record.open(lead, startMs + 38 * MINUTE_MS),
    {
      ...decision,
      ...signedIn(lead, random),
      at: startMs + 55 * MINUTE_MS,
      action: 'session.revoke',
      resourceJson: resource('session', 'list'),
      details: { subject: contractor.id },
    },
    record.update(lead, startMs + 70 * MINUTE_MS, 'contained', 'sessions revoked, account read-only'),
    {
      ...decision,
      ...signedIn(reviewer, random),
      at: decidedMs,
      action: 'access.review',
      resourceJson: resource('access_review', 'contractor-rights', { owner: 'people' }),
      details: { decision: 'reduce', subject: contractor.id },
    },
    {
      ...decision,
      ...signedIn(lead, random),
      at: decidedMs + 30 * MINUTE_MS,
      action: 'permission.revoke',
      resourceJson: resource('permission', 'secret.read', { owner: 'security' }),
      details: { subject: contractor.id, incident: 'INC-0046' },
    },
    record.close(lead, decidedMs + 90 * MINUTE_MS, 'no access gained; contractor followed an outdated runbook'),
  ]
}
