import { createHash } from 'node:crypto'
import type { WalLine } from './seal-line.js'
import type { VaultRecord } from './vault-record.js'

/** A vault record as the lines of one WAL carry it. */
export type CarriedRecord = VaultRecord & {
  /** SHA-256(salt ‖ text), 32 bytes. */
  readonly digest: Buffer
  /** Whose it is; '' when the text is ''. */
  readonly person: string
  /** The bytes that all lines of this record share: salt and ip key with what stands between, and the personal part. */
  readonly line: { readonly saltAndIp: Buffer; readonly personal: Buffer }
}

/** Collects the vault records of a WAL. Every line must carry its record with the same bytes. */
export class CarriedRecords {
  readonly #records = new Map<number, CarriedRecord>()

  /** In the order of first use. */
  all(): Iterable<CarriedRecord> {
    return this.#records.values()
  }

  /** The personal part of a record seen before. */
  readonly personalOf = (record: number): Buffer | undefined => this.#records.get(record)?.line.personal

  /** The record of a line. SyntaxError when a line before had other bytes under its number. */
  of(line: WalLine): CarriedRecord {
    const known = this.#records.get(line.vaultRecord)
    if (known) {
      if (!isSame(line, known)) throw new SyntaxError(`vault record ${line.vaultRecord} has two contents`)
      return known
    }
    const record = carriedBy(line)
    this.#records.set(record.record, record)
    return record
  }
}

function isSame(line: WalLine, { line: first }: CarriedRecord): boolean {
  const { source } = line
  return (
    first.saltAndIp.compare(source, line.saltAt, line.ipKeyEnd) === 0 &&
    first.personal.compare(source, line.personalStart, line.personalEnd) === 0
  )
}

function carriedBy(line: WalLine): CarriedRecord {
  const { source } = line
  const saltAndIp = Buffer.from(source.subarray(line.saltAt, line.ipKeyEnd))
  const personal = Buffer.from(source.subarray(line.personalStart, line.personalEnd))
  const salt = Buffer.from(saltAndIp.toString('latin1', 0, SALT_TEXT), 'base64url')
  return {
    record: line.vaultRecord,
    salt,
    ipKey: source.toString('latin1', line.ipKeyStart, line.ipKeyEnd),
    text: personal.toString(),
    digest: createHash('sha256').update(salt).update(personal).digest(),
    person: personal.length === 0 ? '' : personOf(source.toString('utf8', line.coreStart, line.coreEnd)),
    line: { saltAndIp, personal },
  }
}

/** A person is known by `actor.id` of the core. */
function personOf(core: string): string {
  const person: unknown = JSON.parse(core).actor?.id
  if (typeof person !== 'string') throw new SyntaxError('an event with a personal part has no actor.id')
  return person
}

const SALT_TEXT = 22
