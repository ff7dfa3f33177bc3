import type { RetentionClass } from '@tidemark/event'

/** One leaf with what the log still holds of it. Texts are RFC 8785 bytes exactly as they were hashed. */
export type LedgerRecord = {
  /** Position in the log, from 0. */
  readonly index: number
  /** The log entry: what the leaf hash covers. */
  readonly entry: string
  /** Absent for control entries. */
  readonly event?: StoredEvent
}

/** The three parts of an event as stored. A part that is absent is ''. */
export type StoredEvent = {
  readonly retentionClass: RetentionClass
  /** First leaf of the WAL the segment comes from; with class and UTC day of `t` it names the segment. */
  readonly segmentFirst: number
  /** Place among the events of its segment, from 0; its salts are the keystream at 32 times this. */
  readonly position: number
  /** UUIDv7, lower case. */
  readonly id: string
  /** Number of its personal record in the vault. */
  readonly vaultRecord: number
  /** 16 bytes, base64url. */
  readonly personalSalt: string
  /** The client's address as 32 hex digits, IPv4 mapped to IPv6; '' when unknown. */
  readonly ipKey: string
  readonly core: string
  readonly personal: string
  readonly content: string
}
