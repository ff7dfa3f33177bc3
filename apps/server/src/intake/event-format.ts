import { createHash } from 'node:crypto'
import { type PrepareContext, type PreparedEvent, prepareEvent, prepareValue } from '@tidemark/event'
import { cloudtrail } from '@tidemark/formats'
import type { EventRefusal, IngestParameters } from '@tidemark/wire'

export type EventFormat = IngestParameters['format']
export type Prepared = { readonly event: PreparedEvent } | { readonly refusal: EventRefusal }

/** Makes an event ready for the ledger out of one element of a request, by the format the request names. */
export const prepareAs: Readonly<Record<EventFormat, (text: string, context: PrepareContext) => Prepared>> = {
  tidemark: prepareEvent,
  cloudtrail(text, context) {
    const mapped = cloudtrail.map(text)
    return 'refusal' in mapped ? mapped : prepareValue(mapped.event, { ...context, raw: mapped.raw })
  },
  mapped: prepareMapped,
}

/**
 * An event that the sender mapped, with the payload it was made from: `{"event":{…},"raw":{"format":…,"payload":…}}`.
 * The hash of the payload is ours, so that nobody can claim another.
 */
function prepareMapped(text: string, context: PrepareContext): Prepared {
  const element = parsed(text)
  const raw = element && isObject(element.raw) ? element.raw : undefined
  if (
    !element ||
    !raw ||
    typeof raw.format !== 'string' ||
    typeof raw.payload !== 'string' ||
    !FORMAT.test(raw.format)
  ) {
    const reason = 'expected {"event":{…},"raw":{"format":"<name, up to 64 characters>","payload":"<text>"}}'
    return { refusal: { code: element ? 'invalid_value' : 'invalid_json', pointer: element ? '/raw' : '', reason } }
  }
  const sha256 = createHash('sha256').update(raw.payload).digest('hex')
  const payload = Buffer.byteLength(raw.payload) > MOST_KEPT ? {} : { payload: raw.payload }
  return prepareValue(element.event, { ...context, raw: { format: raw.format, sha256, ...payload } })
}

const FORMAT = /^[a-z0-9][a-z0-9._-]{0,63}$/
/** A longer payload is only hashed, so that the event stays within its limit. */
const MOST_KEPT = 192 * 1024

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
