import { MINUTE_MS } from '../calendar.js'
import { services } from '../company/machines.js'
import { asMachine, type Draft } from '../draft.js'
import { colleague, instantText, type Scene, signedIn, workingMoment } from '../scene.js'

/** A large payout under four eyes: prepared, approved by someone else, sent. */
export function largePayout(scene: Scene): Draft[] {
  const { company, estate, random } = scene
  const clerk = colleague(scene, 'finance', company.who('controller'))
  const approver = company.who('controller')
  const payout = random.pick(estate.payout)
  const amount = random.between(2_600_000, 48_000_000)
  const at = workingMoment(scene, clerk)
  const decidedMs = at + random.between(10, 180) * MINUTE_MS
  const rejected = random.chance(0.06)
  const details = {
    amount,
    currency: 'EUR',
    beneficiary: random.pick(estate.customer).id,
    batch: `B${random.between(100, 999)}`,
  }
  const chain = [{ approver: approver.id, decision: rejected ? 'rejected' : 'approved', at: instantText(decidedMs) }]
  const approval = { required: true, status: rejected ? 'rejected' : 'approved', requestId: payout.id, chain }
  const business = { department: 'Finance', function: 'treasury' }
  const base = { service: services.billing, resourceJson: payout.json, details, outcome: 'success' as const }
  const drafts: Draft[] = [
    {
      ...base,
      ...signedIn(clerk, random),
      at,
      action: 'payout.create',
      more: { business, approval: { required: true, status: 'pending', requestId: payout.id } },
    },
    {
      ...base,
      ...signedIn(approver, random),
      at: decidedMs,
      action: 'payout.approve',
      outcome: rejected ? 'denied' : 'success',
      more: { business, approval },
    },
  ]
  if (rejected) return drafts
  const sent: Draft = {
    ...base,
    ...asMachine(company.machines.billingWorker),
    at: decidedMs + 5 * MINUTE_MS,
    action: 'payout.send',
    more: { business, approval },
  }
  return [...drafts, sent]
}
