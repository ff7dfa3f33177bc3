import { hash } from 'node:crypto'
import { join } from 'node:path'
import type { Findings } from './findings.js'
import { openGcm } from './gcm.js'
import { readIfThere } from './log-reader.js'
import { openPeopleKeys, type PersonKey, SLOT_BYTES } from './people-keys.js'
import { firstName } from './segment-name.js'
import { readVaultFile, type VaultRecord } from './vault-file.js'
import { RecordState, VaultTable } from './vault-table.js'

/** The vault as it was found. */
export type VaultCheck = {
  readonly table: VaultTable
  /** Persons whose key was destroyed. */
  readonly erasedPeople: number
}

/**
 * Reads all personal records and checks each: it opens with its person's key, and its digest is that of its salt and text.
 * Without the master key the digests are taken as they stand; the commits of the events still bind them.
 */
export function checkVault(
  log: { readonly directory: string; readonly origin: string; readonly firsts: readonly number[] },
  masterKey: Uint8Array | null,
  findings: Findings,
): VaultCheck {
  const keys = masterKey ? readPeople(log, masterKey, findings) : null
  const files = log.firsts.map((first) => readFile(log.directory, first, findings))
  const records = files.flatMap(({ path, records }) => records.map((record) => ({ ...record, path })))
  const table = VaultTable.ofSize(roomFor(records))
  for (const record of records) {
    const state = keys ? openRecord(record, keys[record.slot], log.origin) : RecordState.unopened
    table.set(record.record, record.digest, state)
    if (state !== RecordState.damaged) continue
    const message = `The personal record ${record.record} does not open, or is not what its digest says.`
    fail(findings, 'personal-altered', message, record.path, record.offset)
  }
  return { table, erasedPeople: keys?.filter((key) => key === 'erased').length ?? 0 }
}

function readPeople(log: { directory: string; origin: string }, masterKey: Uint8Array, findings: Findings) {
  const path = 'vault/people.keys'
  const keys = openPeopleKeys(readIfThere(join(log.directory, path)) ?? Buffer.alloc(0), masterKey, log.origin)
  for (const [slot, key] of keys.entries()) {
    if (key !== 'altered') continue
    fail(
      findings,
      'person-key-altered',
      `The key of person ${slot} does not open with the master key.`,
      path,
      slot * SLOT_BYTES,
    )
  }
  return keys
}

function readFile(directory: string, first: number, findings: Findings) {
  const path = `vault/${firstName(first)}.vault`
  const bytes = readIfThere(join(directory, path))
  if (!bytes) {
    fail(findings, 'vault-missing', 'The personal records of a sealed range are missing.', path)
    return { path, records: [] }
  }
  const file = readVaultFile(bytes, first)
  for (const offset of file.malformed)
    fail(findings, 'vault-malformed', 'A line is not a personal record.', path, offset)
  if (!file.trailerHolds) fail(findings, 'vault-malformed', 'The last line does not list the records before it.', path)
  return { path, records: file.records }
}

function openRecord(
  { record, digest, nonce, sealed }: VaultRecord,
  key: PersonKey | undefined,
  origin: string,
): RecordState {
  if (key === 'erased') return RecordState.erased
  if (key === undefined || key === 'altered') return RecordState.damaged
  const plain = openGcm(key, nonce, sealed, `${origin}\n${record}`)
  if (!plain) return RecordState.damaged
  const textAt = SALT_BYTES + 1 + (plain[SALT_BYTES] ?? 0)
  const salted = Buffer.concat([plain.subarray(0, SALT_BYTES), plain.subarray(textAt)])
  return hash('sha256', salted, 'base64url') === digest.toString('base64url') ? RecordState.opened : RecordState.damaged
}

/** One place more than the highest number; numbers far beyond the rest cannot be a log's and get no place. */
function roomFor(records: readonly VaultRecord[]): number {
  const numbers = records.map(({ record }) => record).filter((record) => record < 64 * (records.length + 65_536))
  return numbers.reduce((room, record) => Math.max(room, record + 1), 0)
}

function fail(findings: Findings, code: string, message: string, file: string, offset?: number): void {
  const place = offset === undefined ? { file } : { file, offset }
  findings.add({ verdict: 'integrity', code, severity: 'failure', message, ...place })
}

/** salt ‖ u8 length ‖ ip key ‖ text */
const SALT_BYTES = 16
