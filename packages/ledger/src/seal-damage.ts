import { isMissing } from './file-system.js'
import { LedgerError } from './ledger-error.js'

/** A stored file contradicts itself or what the tree holds of it: `corrupt`, with the file's name. */
export function damaged(
  file: string,
  happened: string,
  detail: { offset?: number; cause?: unknown } = {},
): LedgerError {
  return new LedgerError('corrupt', `${file} is damaged: ${happened}`, { ...detail, file, advice: RESTORE_ADVICE })
}

/** What `read` makes of the bytes of a file; when it throws, the file is damaged. */
export function orDamaged<T>(file: string, happened: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw damaged(file, happened, { cause })
  }
}

/** What comes of reading a file that must be there: when there is none, it is damaged. */
export function orMissing<T>(file: string, reading: Promise<T>): Promise<T> {
  return reading.catch((error: unknown) => {
    throw isMissing(error) ? damaged(file, 'it is missing', { cause: error }) : error
  })
}

const RESTORE_ADVICE = 'Restore this file from a backup; the ledger proves whether what comes back is what was written.'
