import { createHash } from 'node:crypto'
import type { Random } from './keyring.js'
import { sealedFirsts } from './locator.js'
import type { PersonalRecord, PersonalRecords } from './sealed-half.js'
import { VaultFiles } from './vault-files.js'
import { People, type PeopleOptions } from './vault-people.js'
import { VaultReader } from './vault-reader.js'
import { vaultPath } from './vault-trailer.js'

export type VaultOptions = PeopleOptions & {
  readonly random: Random
  /** How many records are remembered; each takes about 1 KiB. Default 16,384. */
  readonly rememberedRecords?: number
}

/** A record, whose it is, and whether this call made it. */
export type VaultPersonalRecord = PersonalRecord & { readonly person: string; readonly isNew: boolean }

/**
 * Gives what is known of a person its record: number, salt and digest.
 *
 * The same text of the same person gets the same record while it is remembered, in memory that is bounded: what was not
 * asked for lately is forgotten, and a new record with a new salt is given then. The vault's files are written when a
 * range is sealed; until then the write-ahead log holds the records.
 */
export class Vault implements PersonalRecords {
  readonly #options: VaultOptions
  readonly #people: People
  #next = 0
  /** By text, and by text and person where that is not enough. What the young map has no room for any more becomes the old one. */
  #young = new Map<string, VaultPersonalRecord>()
  #old = new Map<string, VaultPersonalRecord>()
  /** Records of the newest files, by text and hash of the person, until they are asked for. */
  #stored = new Map<string, VaultPersonalRecord>()

  private constructor(options: VaultOptions) {
    this.#options = options
    this.#people = new People(options)
  }

  /** Goes on after the newest sealed records and remembers up to a quarter of what it may of them. Refused: `corrupt`. */
  static async open(options: VaultOptions): Promise<Vault> {
    const vault = new Vault(options)
    const firsts = await sealedFirsts(options.fs, options.directory)
    const files = new VaultFiles(options.fs, options.directory, () => firsts)
    const reader = new VaultReader(options, () => firsts)
    for (const first of firsts.slice(-WARM_FILES).toReversed()) {
      vault.#next = Math.max(vault.#next, (await files.trailer(first)).next)
      for await (const stored of files.recordsOf(first)) {
        if (vault.#stored.size >= vault.#limit / 4) return vault
        const record = await reader.open(stored, vaultPath(options.directory, first))
        if (record.state === 'erased') continue
        const { hash } = await reader.person(stored.slot)
        vault.#stored.set(nameOf(hash, record.text), recordOf(record.record, hash, record.salt, record.text))
      }
    }
    return vault
  }

  personalRecord(person: string, text: string): VaultPersonalRecord {
    const young = recall(this.#young, person, text)
    if (young) return young
    const known = recall(this.#old, person, text) ?? this.#fromStored(person, text)
    if (known) this.#keep(text, known)
    return known ?? this.#create(person, text)
  }

  adopt(record: number, person: string, salt: Uint8Array, text: string): void {
    this.#keep(text, recordOf(record, person, Buffer.from(salt), text))
    this.#next = Math.max(this.#next, record + 1)
  }

  #create(person: string, text: string): VaultPersonalRecord {
    const record = recordOf(this.#next++, person, this.#options.random(SALT_BYTES), text)
    this.#keep(text, record)
    return { ...record, isNew: true }
  }

  #keep(text: string, record: VaultPersonalRecord): void {
    const other = this.#young.get(text)
    this.#young.set(other && other.person !== record.person ? nameOf(record.person, text) : text, record)
    if (this.#young.size < this.#limit / 2) return
    this.#old = this.#young
    this.#young = new Map()
  }

  #fromStored(person: string, text: string): VaultPersonalRecord | undefined {
    if (this.#stored.size === 0) return undefined
    const stored = this.#stored.get(nameOf(this.#people.hashOf(person), text))
    return stored && { ...stored, person }
  }

  get #limit(): number {
    return this.#options.rememberedRecords ?? REMEMBERED_RECORDS
  }
}

type Remembered = ReadonlyMap<string, VaultPersonalRecord>

/** A text seldom stands for two persons: the others are found by text and person, which costs more to look up. */
function recall(records: Remembered, person: string, text: string): VaultPersonalRecord | undefined {
  const first = records.get(text)
  return !first || first.person === person ? first : records.get(nameOf(person, text))
}

const nameOf = (person: string, text: string): string => `${text}\0${person}`

function recordOf(record: number, person: string, salt: Buffer, text: string): VaultPersonalRecord {
  const digest = createHash('sha256').update(salt).update(text).digest()
  return { record, person, digest, salt, saltText: salt.toString('base64url'), isNew: false }
}

const SALT_BYTES = 16
const REMEMBERED_RECORDS = 16_384
/** How many of the newest vault files are looked through at the start. */
const WARM_FILES = 64
