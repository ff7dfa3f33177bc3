import { BoundedMap } from './seal-bounded-map.js'
import { orDamaged } from './seal-damage.js'
import { VaultFiles } from './vault-files.js'
import { People, type PeopleOptions, type Person } from './vault-people.js'
import { openVaultRecord, type SealedVaultRecord, type VaultRecord } from './vault-record.js'

/** A record as it can be read now. Of an erased person only the digest (32 bytes) is left. */
export type ReadRecord =
  | ({ readonly state: 'present'; readonly digest: Buffer; readonly saltText: string } & VaultRecord)
  | { readonly state: 'erased'; readonly digest: Buffer; readonly record: number }

/** Reads and opens the records of sealed ranges. */
export class VaultReader {
  readonly #origin: string
  readonly #people: People
  readonly #files: VaultFiles
  readonly #persons = new BoundedMap<number, Promise<Person>>(4096)
  readonly #records = new BoundedMap<number, Promise<ReadRecord>>(4096)

  /** `firsts` gives the first leaves of the sealed ranges, ascending. */
  constructor(options: PeopleOptions, firsts: () => readonly number[]) {
    this.#origin = options.origin
    this.#people = new People(options)
    this.#files = new VaultFiles(options.fs, options.directory, firsts)
  }

  /** A record by its number. Refused: `corrupt`, also when no file has it. */
  record(record: number): Promise<ReadRecord> {
    return this.#records.obtain(record, async () => {
      const { stored, path } = await this.#files.find(record)
      return this.open(stored, path)
    })
  }

  /** A record whose line was read from the file at `path`. Refused: `corrupt`. */
  async open(stored: SealedVaultRecord, path: string): Promise<ReadRecord> {
    const { record, slot } = stored
    const digest = Buffer.from(stored.digest, 'base64url')
    const { key } = await this.person(slot)
    if (!key) return { state: 'erased', digest, record }
    const opened = orDamaged(path, `record ${record} does not open`, () => openVaultRecord(stored, key, this.#origin))
    return { state: 'present', digest, saltText: opened.salt.toString('base64url'), ...opened }
  }

  /** Whose records have this slot. Refused: `corrupt`. */
  person(slot: number): Promise<Person> {
    return this.#persons.obtain(slot, () => this.#people.read(slot))
  }

  /** Forgets what was read, after a person was erased. */
  forget(): void {
    this.#people.forget()
    this.#persons.clear()
    this.#records.clear()
  }
}
