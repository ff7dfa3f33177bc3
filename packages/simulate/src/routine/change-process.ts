import { MINUTE_MS } from '../calendar.js'
import { services } from '../company/machines.js'
import { asMachine, type Draft, resource } from '../draft.js'
import { colleague, instantText, type Scene, signedIn, workingMoment } from '../scene.js'

/** A change is asked for, approved by someone else, deployed, and rolled back when its checks fail. */
export function deployChange(scene: Scene): Draft[] {
  const { company, random } = scene
  const author = colleague(scene, 'engineer')
  const approver = colleague(scene, 'engineer', author)
  const number = `CHG-${random.between(10_000, 99_999)}`
  const component = random.pick(components)
  const version = `${random.between(4, 7)}.${random.between(0, 40)}.${random.between(0, 9)}`
  const commit = random.hex16() + random.hex16() + random.hex8()
  const at = workingMoment(scene, author)
  const approvedMs = at + random.between(15, 240) * MINUTE_MS
  const deployedMs = approvedMs + random.between(5, 60) * MINUTE_MS
  const failed = random.chance(0.07)
  const change = resource('change', number, { owner: author.department.toLowerCase() })
  const deployment = resource('deployment', `${component}-${version}`, { owner: author.department.toLowerCase() })
  const service = services.deploy
  const chain = [
    { approver: approver.id, decision: 'approved', at: instantText(approvedMs), comment: 'tests green, plan read' },
  ]
  const approval = { required: true, status: 'approved', requestId: number, chain }
  const business = { department: author.department, ticket: number }
  const details = { component, version, commit, risk: random.pick(['low', 'low', 'medium']) }
  const pipeline = asMachine(company.machines.pipeline)
  const drafts: Draft[] = [
    {
      ...signedIn(author, random),
      at,
      action: 'change.create',
      outcome: 'success',
      service,
      resourceJson: change,
      details,
      more: { business },
    },
    {
      ...signedIn(approver, random),
      at: approvedMs,
      action: 'change.approve',
      outcome: 'success',
      service,
      resourceJson: change,
      details,
      more: { approval, business },
    },
    {
      ...pipeline,
      at: deployedMs,
      action: 'deployment.create',
      outcome: failed ? 'failure' : 'success',
      service,
      resourceJson: deployment,
      details: {
        ...details,
        environment: 'production',
        strategy: 'canary',
        durationMs: random.between(60_000, 400_000),
      },
      more: { approval, business, ...(failed ? { error: { code: 'canary_unhealthy' } } : {}) },
    },
  ]
  if (failed) {
    drafts.push({
      ...pipeline,
      at: deployedMs + 4 * MINUTE_MS,
      action: 'deployment.rollback',
      outcome: 'success',
      service,
      resourceJson: deployment,
      details: { ...details, cause: 'canary_unhealthy' },
      more: { business },
    })
  }
  return drafts
}

const components = ['payments-api', 'console', 'risk-engine', 'webhook-relay', 'ledger', 'identity']
