import { MINUTE_MS } from '../calendar.js'
import { services } from '../company/machines.js'
import { asMachine, type Draft, resource } from '../draft.js'
import { type Scene, signedIn, workingMoment } from '../scene.js'
import { caseFile } from './case-file.js'

/** An analyst about to leave exports customer lists until the limit stops him; the account is closed the same day. */
export function massExport(scene: Scene): Draft[] {
  const { company, estate, random } = scene
  const analyst = company.who('leavingAnalyst')
  const lead = company.who('securityLead')
  const counsel = company.who('privacyCounsel')
  const record = caseFile(scene, 'INC-0045', 'Mass export of customer data')
  const startMs = workingMoment(scene, analyst) + 90 * MINUTE_MS
  const origin = signedIn(analyst, random)
  const service = services.audit
  const exports = Array.from({ length: 17 }, (_, index): Draft => {
    const denied = index >= 12
    const details = {
      method: 'POST',
      path: '/api/customers/export',
      statusCode: denied ? 403 : 201,
      format: 'csv',
      rows: denied ? 0 : random.between(3_000, 9_500),
      exportNumber: index + 1,
    }
    const error = denied ? { error: { code: 'export_limit', message: 'Daily export limit reached' } } : undefined
    return {
      ...origin,
      at: startMs + index * 140_000 + random.below(60_000),
      action: 'customer.export',
      outcome: denied ? 'denied' : 'success',
      service,
      resourceJson: random.pick(estate.customer).json,
      details,
      more: error,
    }
  })
  const stoppedMs = startMs + 48 * MINUTE_MS
  const account = resource('user', analyst.id, { name: analyst.name, classification: 'confidential' })
  const base = { service, outcome: 'success' as const }
  const initial = { status: 'active', role: 'analyst' }
  return [
    ...exports,
    record.alert(stoppedMs - 12 * MINUTE_MS, 'data.mass_export', { exports: 12, refused: 5, subject: analyst.id }),
    record.open(lead, stoppedMs - 4 * MINUTE_MS),
    {
      ...base,
      ...signedIn(lead, random),
      at: stoppedMs,
      action: 'user.deactivate',
      resourceJson: account,
      details: { incident: 'INC-0045' },
      change: { of: `account/${analyst.id}`, initial, patch: () => ({ status: 'deactivated' }) },
    },
    {
      ...base,
      ...asMachine(company.machines.provisioner),
      at: stoppedMs + 15_000,
      action: 'session.revoke',
      service: services.identity,
      resourceJson: resource('session', 'list'),
      details: { subject: analyst.id },
    },
    record.update(
      lead,
      stoppedMs + 30 * MINUTE_MS,
      'contained',
      'laptop locked remotely, exports still on the company share',
    ),
    {
      ...base,
      ...signedIn(counsel, random),
      at: workingMoment(scene, counsel, 1),
      action: 'privacy.breach.assess',
      resourceJson: resource('incident', 'INC-0045'),
      details: { notifiable: false, records: 71_000, reason: 'data did not leave the company' },
    },
    record.close(lead, workingMoment(scene, lead, 3), 'copies destroyed under witness; export limit lowered'),
  ]
}
