import type { EventAnswer } from '@tidemark/wire'
import { type Paint, styleOfOutcome } from '../terminal/paint.js'
import { printable } from '../terminal/printable.js'
import { actorText, cellText, resourceText } from './event-columns.js'
import { valueAt } from './event-value.js'
import { instantIn } from './instant-in-zone.js'

/** An event on one line: when, who (role) did what to which resource · how it ended · from where. */
export function sentenceOf(event: EventAnswer, zone: string, paint: Paint): string {
  const role = event.actor.role && event.actor.role !== 'unknown' ? ` (${event.actor.role})` : ''
  const reason = cellText(valueAt(event, 'error.code'))
  const outcome = reason ? `${event.outcome}: ${reason}` : event.outcome
  const from = cellText(valueAt(event, 'client.ip'))
  const words = [
    paint('dim', instantIn(zone, event.time)),
    printable(`${actorText(event)}${role}`),
    paint('bold', printable(event.action)),
    printable(resourceText(event)),
  ]
  const facts = [
    paint(styleOfOutcome(event.outcome), printable(outcome)),
    ...(from ? [paint('dim', printable(`from ${from}`))] : []),
    paint('dim', printable(`${event.source.service} #${event.index}`)),
  ]
  return `${words.join('  ')}  ${facts.join(paint('dim', ' · '))}`
}
