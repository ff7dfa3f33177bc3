import { isUtf8 } from 'node:buffer'
import type { EventRefusal, IngestParameters } from '@tidemark/wire'

type EventFormat = IngestParameters['format']

/** One refused event as it is kept. Its bytes are `text` when they are UTF-8, else `base64`. */
export type RefusedLine = {
  readonly n: number
  readonly at: string
  readonly key: string
  readonly origin: string
  /** `source.service` of events that name none. */
  readonly service: string
  /** What the bytes are, when they are not an audit event. */
  readonly format?: EventFormat
  readonly problem: EventRefusal
  readonly text?: string
  readonly base64?: string
}

/** What was done about it later. `leafIndex` when it was replayed. */
export type OutcomeLine = {
  readonly n: number
  readonly at: string
  readonly state: 'replayed' | 'discarded'
  readonly leafIndex?: number
}

/** The members that hold `bytes` untouched. */
export function bytesMember(bytes: string | Buffer): { text: string } | { base64: string } {
  if (typeof bytes === 'string') return { text: bytes }
  return isUtf8(bytes) ? { text: bytes.toString() } : { base64: bytes.toString('base64') }
}

/** The untouched bytes of a line. */
export const bytesOf = (line: RefusedLine): Buffer =>
  line.text === undefined ? Buffer.from(line.base64 ?? '', 'base64') : Buffer.from(line.text)
