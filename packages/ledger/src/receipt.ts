/** What a producer keeps to ask for a proof later: this leaf is in the log of this origin at this position. */
export class Receipt {
  readonly #leafHash: Buffer

  constructor(
    /** Of the event; '' for a control entry. */
    readonly id: string,
    readonly origin: string,
    readonly index: number,
    /** When the ledger took the event in: milliseconds since 1970, never less than that of the leaf before. */
    readonly receivedAt: number,
    leafHash: Buffer,
  ) {
    this.#leafHash = leafHash
  }

  /** SHA-256(0x00 ‖ entry) in base64 (RFC 6962); made into text only when somebody asks, and most never do. */
  get leafHash(): string {
    return this.#leafHash.toString('base64')
  }

  toJSON() {
    const { id, origin, index, leafHash, receivedAt } = this
    return { id, origin, index, leafHash, receivedAt }
  }
}

/**
 * What became of one event. `duplicate`: the same bytes were stored under this id before, and the receipt is that
 * event's. `conflict`: other bytes were; they stand, and the receipt is theirs.
 */
export type AppendResult = {
  readonly status: 'stored' | 'duplicate' | 'conflict'
  readonly receipt: Receipt
}
