import { retentionClassOf } from './catalogue/classify.js'
import type { RetentionClass } from './catalogue/retention-class.js'
import { checkBytes } from './json/byte-limit.js'
import { isObject } from './json/json-object.js'
import { quoteAny, quotePlain } from './json/json-text.js'
import { checkJsonValue } from './json/json-value.js'
import { readStrictJson } from './json/strict-json.js'
import { limits } from './limits.js'
import { contentPart } from './parts/content-part.js'
import { corePart } from './parts/core-part.js'
import { personalRecord } from './parts/personal-record.js'
import { EventRefused, type Refusal } from './refusal.js'
import type { ProducedEvent } from './schema/event.js'
import { firstProblem } from './schema/explain.js'
import { isProducedEvent } from './schema/validate.js'
import { asSent, nestedForm } from './shapes/older-shapes.js'
import { normalise, type PrepareContext } from './values/normalise.js'

/** An event ready for the ledger. */
export type PreparedEvent = {
  /** UUIDv7 in lower case; the idempotency key. */
  readonly id: string
  readonly service: string
  /** The source's own number for the event, when it counts. */
  readonly sequence: number | undefined
  readonly retentionClass: RetentionClass
  /** Whose vault key covers `personal`: the actor's id; `''` when there is nothing personal. */
  readonly person: string
  /** The client address as 32 hex digits, IPv4 as IPv4-mapped IPv6; `''` when none is known. */
  readonly ipKey: string
  /** RFC 8785 texts; `''` for a part that is absent. */
  readonly core: string
  readonly personal: string
  readonly content: string
}

export type Prepared = { readonly event: PreparedEvent } | { readonly refusal: Refusal }

/** Checks and normalises one event given as JSON text. Refusals are values; nothing is thrown. */
export function prepareEvent(text: string, context: PrepareContext): Prepared {
  try {
    checkBytes(text, limits.eventBytes, 'event_too_large', '')
    const { value, plain } = readStrictJson(text)
    return { event: prepare(value, plain, context) }
  } catch (error) {
    return refusalOf(error)
  }
}

/** The same for a value that a program made, such as a format mapper. The value is not changed. */
export function prepareValue(value: unknown, context: PrepareContext): Prepared {
  try {
    checkJsonValue(value)
    const event = prepare(value, false, context)
    checkBytes(event.core + event.personal + event.content, limits.eventBytes, 'event_too_large', '')
    return { event }
  } catch (error) {
    return refusalOf(error)
  }
}

function refusalOf(error: unknown): Prepared {
  if (error instanceof EventRefused) return { refusal: error.refusal }
  throw error
}

function prepare(value: unknown, plain: boolean, context: PrepareContext): PreparedEvent {
  if (isProducedEvent(value)) return finish(value, plain, context)
  if (!isObject(value)) throw new EventRefused(firstProblem(value)!)
  const event = nestedForm(value)
  try {
    const problem = isProducedEvent(event) ? null : firstProblem(event)
    if (problem) throw new EventRefused(problem)
    return finish(event as ProducedEvent, plain, context)
  } catch (error) {
    throw error instanceof EventRefused ? new EventRefused(asSent(error.refusal, value)) : error
  }
}

function finish(event: ProducedEvent, plain: boolean, context: PrepareContext): PreparedEvent {
  const who = personalRecord(event, plain)
  const normal = normalise(event, who.client, context)
  const quote = plain ? quotePlain : quoteAny
  return {
    id: normal.id,
    service: normal.source.service,
    sequence: normal.source.sequence,
    retentionClass: retentionClassOf(normal.action, normal.category),
    person: who.text === '' ? '' : normal.actor.id,
    ipKey: who.ipKey,
    core: inOnePiece(corePart(normal, quote)),
    personal: who.text,
    content: inOnePiece(contentPart(normal, quote)),
  }
}

/**
 * The same text as one piece of memory. A text put together from forty others is kept by V8 as the forty with a tree over
 * them until someone looks inside; what waits for the disk would cost the garbage collector five times as much.
 */
function inOnePiece(object: string): string {
  if (object.charCodeAt(object.length - 1) !== CLOSING_BRACE) throw new Error('a part is a JSON object')
  return object
}

const CLOSING_BRACE = 0x7d
