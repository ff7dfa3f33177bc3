/**
 * What becomes of the index process after a failure.
 *
 * `none`: only this call failed, by a mistake of ours · `restart`: the engine takes nothing more · `rebuild`: the file
 * cannot be read, it is set aside and made anew from the ledger.
 */
export type Remedy = 'none' | 'restart' | 'rebuild'

/** The index met something that no answer can be made of. */
export class IndexFailed extends Error {
  readonly code = 'index_failed'
  readonly remedy: Remedy

  constructor(message: string, remedy: Remedy) {
    super(message)
    this.name = 'IndexFailed'
    this.remedy = remedy
  }
}
