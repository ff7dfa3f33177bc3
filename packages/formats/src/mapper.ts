import type { ProducedEvent } from '@tidemark/event'

/** The foreign payload kept beside an event: its text as it came and the SHA-256 of that text's UTF-8 bytes, in hex. */
export type RawPayload = { readonly format: string; readonly sha256: string; readonly payload?: string }

/** Why a record could not be mapped. `pointer` is a JSON pointer (RFC 6901) into the record. */
export type MapRefusal = {
  readonly code: 'invalid_json' | 'other_format' | 'unmapped_value'
  readonly pointer: string
  readonly reason: string
}

/** An event as a producer would send it: hand it to `prepareValue` with `raw` in the context. */
export type Mapped = { readonly event: ProducedEvent; readonly raw: RawPayload } | { readonly refusal: MapRefusal }

/** Turns records of one foreign format into events. */
export type Mapper = {
  /** Goes into `raw.format`: `aws.cloudtrail`. */
  readonly format: string
  /** Maps one record, given as its own JSON text. Refusals are values; nothing is thrown. */
  map(text: string): Mapped
}
