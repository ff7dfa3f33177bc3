import { randomBytes } from 'node:crypto'
import { masterKeyring } from './keyring.js'
import { LedgerError, type LedgerErrorCode } from './ledger-error.js'
import { nodeFileSystem } from './node-file-system.js'
import { type SealedRange, sealWal } from './seal.js'

/** A sealing as it is asked of another thread. */
export type SealRequest = {
  readonly walPath: string
  /** The log's directory. */
  readonly directory: string
  readonly origin: string
  readonly masterKey: Uint8Array
  readonly quality?: number
}

export type SealAnswer =
  | { readonly range: SealedRange }
  | { readonly refusal: { code: LedgerErrorCode; message: string; file?: string; advice?: string } }

/** Seals with the operating system's files and random bytes. A LedgerError becomes data, for it does not cross threads. */
export async function answerSealRequest({ walPath, masterKey, ...rest }: SealRequest): Promise<SealAnswer> {
  const [fs, keyring] = [nodeFileSystem(), masterKeyring(masterKey, randomBytes)]
  try {
    return { range: await sealWal(walPath, { ...rest, fs, keyring, random: randomBytes }) }
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    const { code, message, file, advice } = error
    return { refusal: { code, message, ...(file && { file }), ...(advice && { advice }) } }
  }
}
