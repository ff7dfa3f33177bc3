import { createHash } from 'node:crypto'
import { idFromTime } from '@tidemark/event'

/** Where a record came from, for events that bring neither an id nor a time of their own. */
export type RecordPlace = { readonly offset: number; readonly writtenMs: number }

/**
 * The text of an event with an id in it. An event that has none gets one made of its time, its bytes and its place in
 * the file, so that sending the file again gives every event the id it had. Text that is no JSON object stays as it is.
 *
 * An event without a time takes the file's time of last change into its id; the server reads the time from there.
 */
export function withId(text: string, place: RecordPlace): string {
  const event = tryJson(text)
  if (!isObject(event) || hasId(event)) return text
  const ms = timeOf(event) ?? place.writtenMs
  const seed = createHash('sha256').update(`${place.offset}\n`).update(text).digest()
  const id = idFromTime(Math.max(0, Math.floor(ms)), seed)
  const body = text.trimStart().slice(1)
  return body.trimStart().startsWith('}') ? `{"id":"${id}"}` : `{"id":"${id}",${body}`
}

function hasId(event: Record<string, unknown>): boolean {
  const { id, metadata } = event
  return (id !== undefined && id !== null && id !== '') || (isObject(metadata) && metadata.id !== undefined)
}

function timeOf({ time }: Record<string, unknown>): number | undefined {
  const ms = typeof time === 'string' ? Date.parse(time) : Number.NaN
  return ms >= 0 ? ms : undefined
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
