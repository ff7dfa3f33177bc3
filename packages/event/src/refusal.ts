/** Why an event was not accepted. `code` is API; `pointer` is a JSON pointer (RFC 6901) into the event as it was sent. */
export type Refusal = { readonly code: RefusalCode; readonly pointer: string; readonly reason: string }

/** Every code a refusal can have, with what it means. */
export const refusalCodes = {
  invalid_utf8: 'The bytes are not UTF-8.',
  invalid_json: 'The text is not JSON (RFC 8259): the reason names the column.',
  duplicate_key: 'An object names the same member twice, so two readers could see two events.',
  unsafe_number: 'A number beyond ±(2^53 − 1) or not finite: other readers would round it. Send it as a string.',
  lone_surrogate: 'A string holds half of a surrogate pair, which no UTF-8 text can carry.',
  too_deep: 'Objects and arrays are nested deeper than allowed here.',
  event_too_large: 'The whole event is larger than 256 KiB.',
  not_an_object: 'An event is a JSON object.',
  unknown_field: 'The event format has no such field. Own data belongs in `details`.',
  server_field: 'Only the server sets this field.',
  missing_field: 'A required field is absent, null or empty.',
  wrong_type: 'The value has another JSON type than the field.',
  invalid_value: 'The value is not one of those allowed.',
  too_long: 'The value is longer than allowed.',
  too_many: 'There are more items than allowed.',
  conflicting_field: 'The same field is given under two names with two values.',
  invalid_time: 'Not an RFC 3339 date and time between 1970 and 9999, at most nanoseconds.',
  time_in_future: 'The time is more than 24 hours ahead of the server clock.',
  invalid_ip: 'Not an IPv4 or IPv6 address.',
  self_approval: 'Who asked cannot be who approved.',
} as const
export type RefusalCode = keyof typeof refusalCodes

/** Thrown inside this package to leave a deep call; `prepareEvent` and its like hand the refusal back as a value. */
export class EventRefused extends Error {
  constructor(readonly refusal: Refusal) {
    super(`${refusal.pointer || 'event'}: ${refusal.reason}`)
  }
}

export function refuse(code: RefusalCode, pointer: string, reason: string): never {
  throw new EventRefused({ code, pointer, reason })
}

/** `pointer` one step deeper. Source: RFC 6901 §3. */
export function below(pointer: string, key: string | number): string {
  return `${pointer}/${typeof key === 'number' ? key : key.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
