import { below, refuse } from '../refusal.js'
import type { AuditEvent, ProducedEvent } from '../schema/event.js'
import { checkedTime } from './event-time.js'

/** An approval with its times in one form. Refuses (EventRefused) one given by who asked for it. */
export function normalApproval(
  approval: NonNullable<ProducedEvent['approval']>,
  event: ProducedEvent,
  now: number,
): AuditEvent['approval'] {
  if (!approval.chain) return approval
  const requesters = whoAsked(event)
  const chain = approval.chain.map((step, i) => {
    const at = below('/approval/chain', i)
    if (requesters.has(step.approver)) {
      refuse(
        'self_approval',
        below(at, 'approver'),
        `expected someone other than ${JSON.stringify(step.approver)}, who asked`,
      )
    }
    return step.at === undefined ? step : { ...step, at: checkedTime(step.at, below(at, 'at'), now) }
  })
  return { ...approval, chain }
}

/** Who needed the approval: those who acted, but in an event about the decision itself not who decided. */
function whoAsked(event: ProducedEvent): ReadonlySet<string> {
  const asked = new Set(event.onBehalfOf?.map(({ id }) => id))
  if (!DECISION.test(event.action)) asked.add(event.actor.id)
  asked.delete('unknown')
  return asked
}

const DECISION = /\.(approve|reject|deny|decide|escalate|review|certify|sign_off)$/
