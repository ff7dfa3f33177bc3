import type { LedgerRecord, StoredEvent } from './ledger-record.js'

/**
 * A leaf of a sealed range and what is still there of it.
 *
 * `disposed`: the key of its segment was destroyed; the entry is all there is. Of an `erased` person the event's personal
 * part, personal salt and ip key are '', while `personalDigest` still lets the commitment be checked.
 */
export type SealedRecord =
  | (LedgerRecord & { readonly state: 'control' })
  | (LedgerRecord & { readonly state: 'disposed'; readonly retentionClass: string })
  | (LedgerRecord & SealedEvent)

export type SealedEvent = {
  readonly state: 'present'
  readonly event: StoredEvent
  /** Whether the person of the event was erased. */
  readonly erased: boolean
  /** 16 bytes each. */
  readonly coreSalt: Buffer
  readonly contentSalt: Buffer
  /** SHA-256(personalSalt ‖ personal), 32 bytes. */
  readonly personalDigest: Buffer
}
