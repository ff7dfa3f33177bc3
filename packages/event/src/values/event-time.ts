import { limits } from '../limits.js'
import { refuse } from '../refusal.js'
import type { ProducedEvent } from '../schema/event.js'
import { timeOfId } from './event-id.js'
import { instantText, parseInstant } from './rfc3339.js'

/** When it happened: what the event says, else the time inside its id, else `now`. Refuses what is far ahead of `now`. */
export function eventTime(event: ProducedEvent, now: number): string {
  if (event.time !== undefined) return checkedTime(event.time, '/time', now)
  if (event.id === undefined) return instantText(now)
  const ms = timeOfId(event.id)
  if (ms > now + limits.futureMs) refuse('time_in_future', '/id', inFuture)
  return instantText(ms)
}

const EXAMPLE = 'RFC 3339 such as 2025-01-15T09:30:00.000Z'
const inFuture = 'expected a time at most 24 hours ahead of the server clock'

/** A time in its one form. Refuses (EventRefused) what is no time and what is far ahead of `now`. */
export function checkedTime(text: string, pointer: string, now: number): string {
  const instant = parseInstant(text)
  if (!instant)
    return refuse('invalid_time', pointer, `expected ${EXAMPLE}, found ${JSON.stringify(text.slice(0, 40))}`)
  if (instant.ms > now + limits.futureMs) refuse('time_in_future', pointer, `${inFuture}, found ${instant.text}`)
  return instant.text
}
