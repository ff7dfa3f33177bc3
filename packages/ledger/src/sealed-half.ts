import type { RetentionClass } from '@tidemark/event'
import type { LedgerRecord } from './ledger-record.js'

/** What the running log asks of the sealed files: keys and vault on the way in, records and ids on the way out. */
export interface SealedHalf {
  readonly keys: SegmentKeySource
  readonly vault: PersonalRecords
  readonly ids: SealedIds
  readonly reader: SealedRecords
  /**
   * Writes segments, locator, vault and ids of one complete WAL, durably. It is asked again when a crash came before the
   * log had noted that the WAL is sealed.
   */
  seal(wal: WalRange): Promise<void>
  /** The leaf after the last sealed one; 0 when nothing is sealed. */
  end(): Promise<number>
  close(): Promise<void>
}

/** A complete WAL file and the leaves in it, `first` … `end` − 1. */
export type WalRange = { readonly path: string; readonly first: number; readonly end: number }

export interface SegmentKeySource {
  /** The key of the segment of one class and UTC day that begins with the WAL at `first`; made durable if it is new. */
  open(retentionClass: RetentionClass, period: string, first: number): Promise<SegmentSalts>
}

export interface SegmentSalts {
  /** The salts of `count` events from `position` on, 32 bytes each: 16 for core, 16 for content. */
  salts(position: number, count: number): Buffer
}

export interface PersonalRecords {
  /** The vault's record of what is known of a person; the same text of the same person gives the same record. */
  personalRecord(person: string, text: string): PersonalRecord
  /** Takes over a record found in a WAL that is not sealed yet. */
  adopt(record: number, person: string, salt: Uint8Array, text: string): void
}

export type PersonalRecord = {
  readonly record: number
  /** SHA-256(salt ‖ text), 32 bytes. */
  readonly digest: Uint8Array
  /** 16 random bytes. */
  readonly salt: Uint8Array
  /** The salt in base64url. */
  readonly saltText: string
}

export interface SealedIds {
  /** The leaf of an event id among the sealed events of the last seven days. A promise only when it takes the disk to know. */
  find(id: string): number | undefined | Promise<number | undefined>
}

export interface SealedRecords {
  /** The records of leaves `from` … `to` − 1, all of them sealed, in order. */
  records(from: number, to: number): AsyncIterable<LedgerRecord>
}
