import { limits, type PrepareContext, type PreparedEvent } from '@tidemark/event'
import type { EventRefusal } from '@tidemark/wire'
import { RequestProblem } from '../http/request-problem.js'
import type { Prepared } from './event-format.js'
import { type EventText, eachElement, eachLine } from './event-texts.js'
import type { Turn } from './turns.js'

export type BodyFormat = 'json' | 'ndjson'

/** The events of a request, good and bad, each with its place in the request. */
export type PreparedBody = {
  readonly count: number
  /** Handed to the ledger and let go of: see `Batch`. */
  readonly events: PreparedEvent[]
  /** Place of each of `events`. */
  readonly places: readonly number[]
  /** The bytes of some of `events` as they came, by their place in the request. Cut out again, since hardly ever asked for. */
  readonly textsAt: (places: readonly number[]) => Promise<EventText[]>
  readonly refused: readonly RefusedPlace[]
}

export type RefusedPlace = { readonly place: number; readonly bytes: EventText; readonly problem: EventRefusal }

/** What even the quarantine does not keep. */
const keptBytes = 4 * 1024 * 1024

/**
 * Cuts a body into events and prepares each. Throws `RequestProblem` when the body as a whole cannot be taken:
 * `invalid_json`, `too_many_events`, `body_too_large` (one event over 4 MiB), `empty_body`.
 */
export async function prepareBody(
  body: Buffer,
  format: BodyFormat,
  most: number,
  context: PrepareContext,
  turn: Turn,
  prepare: (text: string, context: PrepareContext) => Prepared,
): Promise<PreparedBody> {
  const events: PreparedEvent[] = []
  const places: number[] = []
  const refused: RefusedPlace[] = []
  let count = 0
  const take = (text: EventText) => {
    if (count === most)
      throw new RequestProblem('too_many_events', `A request may hold ${most} events; send them in parts`)
    const place = count++
    const prepared = typeof text === 'string' ? prepare(text, context) : { refusal: refusalOfBytes(text, place) }
    if ('refusal' in prepared) {
      refused.push({ place, bytes: text, problem: prepared.refusal })
      return
    }
    events.push(prepared.event)
    places.push(place)
  }
  const eachEvent = format === 'ndjson' ? eachLine : eachElement
  await eachEvent(body, turn, take)
  if (count === 0) throw new RequestProblem('empty_body', 'The body holds no events')
  return {
    count,
    events,
    places,
    refused,
    textsAt: (wanted) => textsAt(wanted, (found) => eachEvent(body, oneGo, found)),
  }
}

/** A turn that is never passed on. */
export const oneGo: Turn = { pass: async () => undefined, end: () => undefined }

async function textsAt(
  places: readonly number[],
  eachEvent: (take: (text: EventText) => void) => Promise<void>,
): Promise<EventText[]> {
  const wanted = new Set(places)
  const texts: EventText[] = []
  let place = 0
  if (wanted.size > 0) await eachEvent((text) => void (wanted.has(place++) && texts.push(text)))
  return texts
}

function refusalOfBytes(bytes: Buffer, place: number): EventRefusal {
  if (bytes.length > keptBytes) {
    const detail = `Event ${place} has ${bytes.length} bytes; what is over ${keptBytes} is not even kept aside. None of the request was stored`
    throw new RequestProblem('body_too_large', detail)
  }
  return bytes.length > limits.eventBytes
    ? {
        code: 'event_too_large',
        pointer: '',
        reason: `expected at most ${limits.eventBytes} bytes, found ${bytes.length}`,
      }
    : { code: 'invalid_utf8', pointer: '', reason: 'expected UTF-8, found bytes that are not' }
}
