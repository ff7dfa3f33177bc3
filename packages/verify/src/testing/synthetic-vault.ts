import { createCipheriv, createHash } from 'node:crypto'
import type { SyntheticEvent } from './synthetic-event.js'

/** AES-256-GCM: text ‖ tag. */
export function sealGcm(key: Uint8Array, nonce: Uint8Array, text: Uint8Array, aad: string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(aad))
  return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()])
}

/** Bytes that look random and are the same every time. */
export const bytesOf = (seed: string, length: number): Buffer => {
  const digest = createHash('sha512').update(seed).digest()
  return digest.subarray(0, length)
}

export type SyntheticRecord = {
  readonly record: number
  readonly salt: Buffer
  readonly digest: Buffer
  readonly event: SyntheticEvent
}

/** The vault of a made-up log: one record for each person and text. */
export class SyntheticVault {
  readonly #records = new Map<string, SyntheticRecord>()
  readonly #slots = new Map<string, number>()
  #written = 0

  constructor(
    readonly origin: string,
    readonly masterKey: Uint8Array,
  ) {}

  record(event: SyntheticEvent): SyntheticRecord {
    const name = `${event.personal}\0${event.person}`
    const known = this.#records.get(name)
    if (known) return known
    const record = this.#records.size
    const salt = bytesOf(`personal salt ${record}`, 16)
    const digest = createHash('sha256').update(salt).update(event.personal).digest()
    const made = { record, salt, digest, event }
    this.#records.set(name, made)
    return made
  }

  /** `vault/people.keys`, for everybody seen so far. */
  peopleKeys(): Buffer {
    return Buffer.concat([...this.#slots.keys()].map((person) => this.#slot(person)))
  }

  /** `vault/<first>.vault`: the records made since the last one was written. */
  file(first: number): string {
    const records = [...this.#records.values()].slice(this.#written)
    const lines = records.map((record) => this.#line(record))
    const offsets: number[] = []
    let at = 0
    for (const [i, line] of lines.entries()) {
      if (i % 64 === 0) offsets.push(at)
      at += Buffer.byteLength(line)
    }
    const numbers = records.length === 0 ? [] : [[this.#written, this.#written + records.length - 1]]
    this.#written += records.length
    const trailer = {
      v: 1,
      first,
      count: records.length,
      next: this.#written,
      records: numbers,
      missing: [],
      offsets: [...offsets, at],
    }
    return `${lines.join('')}${checkedLine(trailer)}\n`
  }

  #line({ record, salt, digest, event }: SyntheticRecord): string {
    const slot = this.#slots.get(event.person) ?? this.#slots.size
    this.#slots.set(event.person, slot)
    const nonce = bytesOf(`record ${record}`, 12)
    const plain = Buffer.concat([salt, Buffer.of(0), Buffer.from(event.personal)])
    const sealed = sealGcm(personKey(event.person), nonce, plain, `${this.origin}\n${record}`)
    const text = {
      r: record,
      d: digest.toString('base64url'),
      k: slot,
      n: nonce.toString('base64url'),
      x: sealed.toString('base64url'),
    }
    return `${JSON.stringify(text)}\n`
  }

  #slot(person: string): Buffer {
    const name = createHash('sha256').update(`${this.origin}\0${person}`).digest()
    const nonce = bytesOf(`slot ${person}`, 12)
    const key = sealGcm(this.masterKey, nonce, personKey(person), `${this.origin}\n${name.toString('hex')}`)
    return Buffer.concat([name, nonce, key, Buffer.alloc(4)])
  }
}

/** A JSON object whose last member is the digest of the rest. */
export function checkedLine(value: object): string {
  const json = JSON.stringify(value)
  return `${json.slice(0, -1)},"sha256":"${createHash('sha256').update(json).digest('base64url')}"}`
}

const personKey = (person: string) => bytesOf(`key of ${person}`, 32)
