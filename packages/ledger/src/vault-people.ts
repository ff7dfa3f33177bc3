import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { type FileSystem, isMissing, type OpenFile } from './file-system.js'
import { KeyError, type Keyring, type Random } from './keyring.js'
import { BoundedMap } from './seal-bounded-map.js'
import { KEY_BYTES, NONCE_BYTES, TAG_BYTES } from './seal-cipher.js'
import { damaged } from './seal-damage.js'
import { makeDurably } from './seal-directory.js'

export type PeopleOptions = {
  readonly fs: FileSystem
  readonly directory: string
  readonly origin: string
  readonly keyring: Keyring
}

/**
 * The keys of persons: `vault/people.keys`, 96-byte slots in the order in which persons first appeared.
 *
 *     SHA-256(origin ‖ 0x00 ‖ person) ‖ nonce (12) ‖ AES-256-GCM(master, person key) (48) ‖ 4 zero bytes
 *
 * Zeroing bytes 32 … 95 of a slot erases the person: the digests of their records stay, what they digest is gone.
 * One writer at a time.
 */
export class People {
  readonly #options: PeopleOptions
  readonly #path: string
  readonly #blocks = new BoundedMap<number, Promise<Buffer>>(BLOCKS_IN_MEMORY)

  constructor(options: PeopleOptions) {
    this.#options = options
    this.#path = peoplePath(options.directory)
  }

  /** What is in a slot. Refused: `corrupt`. */
  async read(slot: number): Promise<Person> {
    const bytes = await this.#slot(slot)
    return { hash: bytes.toString('binary', 0, HASH_BYTES), key: isErased(bytes) ? null : this.#unwrap(bytes, slot) }
  }

  /** Forgets what was read, after a person was erased. */
  forget(): void {
    this.#blocks.clear()
  }

  /**
   * The slots and keys of these persons, made durable for those who are new or were erased before.
   *
   * A slot that an interrupted write left incomplete is overwritten.
   */
  async obtain(persons: Iterable<string>, random: Random): Promise<Map<string, PersonKey>> {
    const byHash = new Map([...persons].map((person) => [this.hashOf(person), person]))
    const found = new Map<string, PersonKey>()
    const slots = await this.#scan((slot, bytes) => {
      const person = byHash.get(bytes.toString('latin1', 0, HASH_BYTES))
      if (person !== undefined && !isErased(bytes)) found.set(person, { slot, key: this.#unwrap(bytes, slot) })
    })
    const missing = [...byHash.values()].filter((person) => !found.has(person))
    const fresh = missing.map((person, i) => ({ person, slot: slots + i, key: random(KEY_BYTES) }))
    await this.#append(slots, fresh)
    for (const { person, slot, key } of fresh) found.set(person, { slot, key })
    return found
  }

  /** SHA-256(origin ‖ 0x00 ‖ person), as latin1 text. */
  hashOf(person: string): string {
    return createHash('sha256').update(`${this.#options.origin}\0${person}`).digest('binary')
  }

  async #slot(slot: number): Promise<Buffer> {
    const block = Math.floor(slot / BLOCK_SLOTS)
    const at = (slot % BLOCK_SLOTS) * SLOT_BYTES
    let bytes = await this.#blocks.obtain(block, () => this.#readBlock(block))
    if (bytes.length < at + SLOT_BYTES) {
      this.#blocks.delete(block)
      bytes = await this.#blocks.obtain(block, () => this.#readBlock(block))
    }
    if (bytes.length < at + SLOT_BYTES) throw damaged(this.#path, `there is no slot ${slot}`)
    return bytes.subarray(at, at + SLOT_BYTES)
  }

  async #readBlock(block: number): Promise<Buffer> {
    const size = BLOCK_SLOTS * SLOT_BYTES
    return (await this.#withFile((file) => file.read(block * size, size))) ?? Buffer.alloc(0)
  }

  #unwrap(bytes: Buffer, slot: number): Buffer {
    const { keyring, origin } = this.#options
    const nonce = bytes.subarray(HASH_BYTES, CT_AT)
    try {
      if (!bytes.subarray(PADDING_AT).equals(PADDING)) throw new KeyError('unwrap_failed', 'the padding is not zero')
      return keyring.unwrap({ kid: keyring.kid, nonce, ct: bytes.subarray(CT_AT, PADDING_AT) }, slotAad(origin, bytes))
    } catch (cause) {
      if (!(cause instanceof KeyError)) throw cause
      throw damaged(this.#path, `slot ${slot} does not open: ${cause.message}`, { offset: slot * SLOT_BYTES, cause })
    }
  }

  async #append(first: number, people: readonly { person: string; key: Buffer }[]): Promise<void> {
    if (people.length === 0) return
    const { fs, directory, keyring, origin } = this.#options
    const slots = people.map(({ person, key }) => {
      const hash = Buffer.from(this.hashOf(person), 'latin1')
      const { nonce, ct } = keyring.wrap(key, slotAad(origin, hash))
      return Buffer.concat([hash, nonce, ct, PADDING])
    })
    await makeDurably(fs, directory, dirname(this.#path))
    const isNew = (await this.#withFile(async () => true)) === null
    const file = await fs.open(this.#path, isNew ? 'create' : 'write')
    try {
      await file.truncate(first * SLOT_BYTES)
      await file.write(Buffer.concat(slots), first * SLOT_BYTES)
      await file.sync()
    } finally {
      await file.close()
    }
    await fs.syncDir(dirname(this.#path))
  }

  /** Shows every whole slot; gives their number. */
  async #scan(visit: (slot: number, bytes: Buffer) => void): Promise<number> {
    const slots = await this.#withFile(async (file) => {
      let slot = 0
      for (;;) {
        const bytes = await file.read(slot * SLOT_BYTES, SCAN_SLOTS * SLOT_BYTES)
        const whole = Math.floor(bytes.length / SLOT_BYTES)
        for (let i = 0; i < whole; i++) visit(slot + i, bytes.subarray(i * SLOT_BYTES, (i + 1) * SLOT_BYTES))
        slot += whole
        if (whole < SCAN_SLOTS) return slot
      }
    })
    return slots ?? 0
  }

  /** What `use` makes of the file; null when there is none yet. */
  async #withFile<T>(use: (file: OpenFile) => Promise<T>): Promise<T | null> {
    const file = await this.#options.fs.open(this.#path, 'read').catch((error: unknown) => {
      if (isMissing(error)) return null
      throw error
    })
    try {
      return file && (await use(file))
    } finally {
      await file?.close()
    }
  }
}

/** Who a slot belongs to, as `hashOf` says it, and their key; null once they were erased. */
export type Person = { readonly hash: string; readonly key: Buffer | null }

/** A person's key and where it stands. */
export type PersonKey = { readonly slot: number; readonly key: Buffer }

export const SLOT_BYTES = 96

export const peoplePath = (directory: string): string => join(directory, 'vault', 'people.keys')

const HASH_BYTES = 32
const CT_AT = HASH_BYTES + NONCE_BYTES
const PADDING_AT = CT_AT + KEY_BYTES + TAG_BYTES
const PADDING = Buffer.alloc(SLOT_BYTES - PADDING_AT)
const ERASED = Buffer.alloc(SLOT_BYTES - HASH_BYTES)
const SCAN_SLOTS = 4096
/** Slots read at once, because persons who appeared together are asked for together. */
const BLOCK_SLOTS = 64
const BLOCKS_IN_MEMORY = 64

const isErased = (slot: Buffer): boolean => slot.subarray(HASH_BYTES).equals(ERASED)

/** A wrapped key is bound to the log and to the person's hash. */
const slotAad = (origin: string, slot: Buffer): string => `${origin}\n${slot.toString('hex', 0, HASH_BYTES)}`
