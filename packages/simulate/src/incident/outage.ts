import { MINUTE_MS } from '../calendar.js'
import { services } from '../company/machines.js'
import { asMachine, asPerson, type Draft, resource } from '../draft.js'
import { type Scene, signedIn, workingMoment } from '../scene.js'
import { caseFile } from './case-file.js'

/** A release breaks the payments API for 38 minutes: errors for everyone, rollback, recovery, a look back. */
export function outage(scene: Scene): Draft[] {
  const { company, estate, random } = scene
  const manager = company.who('releaseManager')
  const responder = company.who('databaseEngineer')
  const record = caseFile(scene, 'INC-0043', 'Payments API unavailable after release 6.12.0')
  const startMs = workingMoment(scene, manager)
  const pipeline = asMachine(company.machines.pipeline)
  const monitor = asMachine(company.machines.monitor)
  const api = resource('service', 'payments-api', { owner: 'payments' })
  const deployment = resource('deployment', 'payments-api-6.12.0', { owner: 'payments' })
  const health = (minutes: number, outcome: Draft['outcome'], errorRate: number): Draft => ({
    ...monitor,
    at: startMs + minutes * MINUTE_MS,
    action: 'system.health',
    outcome,
    service: services.audit,
    resourceJson: api,
    details: { errorRate, p95Ms: outcome === 'failure' ? 30_000 : 180, region: 'eu-west' },
    more: outcome === 'failure' ? { error: { code: 'unhealthy' } } : undefined,
  })
  const brokenCalls = Array.from({ length: 44 }, (): Draft => {
    const person = random.pick(company.people)
    const at = startMs + random.between(3, 40) * MINUTE_MS + random.below(MINUTE_MS)
    const details = { method: 'GET', path: '/api/payments', statusCode: 503, durationMs: 30_000 }
    const more = { error: { code: 'upstream_unavailable' }, business: { department: person.department } }
    return {
      ...asPerson(person, `ses_${random.hex16()}`),
      at,
      action: 'payment.get',
      outcome: 'failure',
      service: services.audit,
      resourceJson: random.pick(estate.payment).json,
      details,
      more,
    }
  })
  const release = { component: 'payments-api', version: '6.12.0', strategy: 'blue-green', requestedBy: manager.id }
  return [
    {
      ...pipeline,
      at: startMs,
      action: 'deployment.create',
      outcome: 'success',
      service: services.deploy,
      resourceJson: deployment,
      details: release,
    },
    ...[3, 9, 18, 27, 36].map((minutes) => health(minutes, 'failure', 0.94)),
    ...brokenCalls,
    record.alert(startMs + 5 * MINUTE_MS, 'system.outage', { errorRate: 0.94, component: 'payments-api' }),
    record.open(responder, startMs + 9 * MINUTE_MS),
    record.update(responder, startMs + 22 * MINUTE_MS, 'identified', 'connection pool exhausted by a missing timeout'),
    {
      ...signedIn(manager, random),
      at: startMs + 33 * MINUTE_MS,
      action: 'deployment.rollback',
      outcome: 'success',
      service: services.deploy,
      resourceJson: deployment,
      details: { ...release, to: '6.11.3' },
    },
    health(41, 'success', 0.001),
    record.update(
      responder,
      startMs + 45 * MINUTE_MS,
      'recovered',
      '38 minutes, no payment lost, 44 calls answered with 503',
    ),
    record.close(responder, workingMoment(scene, responder, 2), 'pool timeout set; canary now watches connections'),
  ]
}
