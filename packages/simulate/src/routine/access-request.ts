import { MINUTE_MS } from '../calendar.js'
import { services } from '../company/machines.js'
import { type Draft, resource } from '../draft.js'
import { colleague, instantText, type Scene, signedIn, workingMoment } from '../scene.js'

/** Someone asks for a permission, a manager decides, an administrator grants it, and weeks later it is taken back. */
export function requestAccess(scene: Scene): Draft[] {
  const { company, random } = scene
  const requester = random.pick(company.people)
  const approver = colleague(scene, random.chance(0.5) ? 'admin' : 'hr', requester)
  const administrator = colleague(scene, 'admin', requester, approver)
  const permission = random.pick(permissions)
  const requestId = `req-${random.hex8()}`
  const askedMs = workingMoment(scene, requester)
  const decidedMs = askedMs + random.between(20, 300) * MINUTE_MS
  const granted = random.chance(0.85)
  const request = resource('access_request', requestId, { owner: 'it' })
  const grant = resource('permission', permission, { owner: 'security', classification: 'restricted' })
  const reason = random.pick(reasons)
  const chain = [{ approver: approver.id, decision: granted ? 'approved' : 'rejected', at: instantText(decidedMs) }]
  const approval = { required: true, status: granted ? 'approved' : 'rejected', requestId, reason, chain }
  const details = { permission, days: 30, subject: requester.id }
  const service = services.identity
  const drafts: Draft[] = [
    {
      ...signedIn(requester, random),
      at: askedMs,
      action: 'access.request',
      outcome: 'success',
      service,
      resourceJson: request,
      details,
      more: { approval: { required: true, status: 'pending', requestId, reason } },
    },
    {
      ...signedIn(approver, random),
      at: decidedMs,
      action: granted ? 'access.approve' : 'access.reject',
      outcome: 'success',
      service,
      resourceJson: request,
      details,
      more: { approval },
    },
  ]
  if (!granted) return drafts
  const targets = [{ type: 'user', id: requester.id }]
  const audit = services.audit
  drafts.push({
    ...signedIn(administrator, random),
    at: decidedMs + random.between(3, 90) * MINUTE_MS,
    action: 'permission.grant',
    outcome: 'success',
    service: audit,
    resourceJson: grant,
    details,
    more: { targets, approval },
  })
  if (random.chance(0.6)) {
    const at = workingMoment(scene, administrator, 15)
    drafts.push({
      ...signedIn(administrator, random),
      at,
      action: 'permission.revoke',
      outcome: 'success',
      service: audit,
      resourceJson: grant,
      details: { permission, subject: requester.id, cause: 'expired' },
      more: { targets },
    })
  }
  return drafts
}

const permissions = [
  'customer.export',
  'billing.read',
  'report.export',
  'dataset.read',
  'secret.read',
  'api_key.create',
]
const reasons = [
  'quarter-end reporting',
  'covering for a colleague',
  'customer escalation',
  'audit preparation',
  'project work',
]
