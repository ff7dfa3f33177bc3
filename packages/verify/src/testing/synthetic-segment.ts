import { createCipheriv, createHash } from 'node:crypto'
import { brotliCompressSync, constants } from 'node:zlib'
import { segmentName } from '../segment-name.js'
import type { SyntheticEvent } from './synthetic-event.js'
import { bytesOf, checkedLine, sealGcm } from './synthetic-vault.js'

/** A segment that is being filled. */
export class SyntheticSegment {
  readonly dataKey: Buffer
  readonly saltKey: Buffer
  readonly #events: {
    readonly event: SyntheticEvent
    readonly leaf: number
    readonly record: number
    readonly time: number
  }[] = []
  readonly #salts: Buffer

  constructor(
    readonly origin: string,
    readonly retentionClass: string,
    readonly period: string,
    readonly first: number,
  ) {
    this.dataKey = bytesOf(`data ${this.name}`, 32)
    this.saltKey = bytesOf(`salts ${this.name}`, 32)
    this.#salts = createCipheriv('aes-256-ctr', this.saltKey, Buffer.alloc(16)).update(Buffer.alloc(32 * 65_536))
  }

  get name(): string {
    return segmentName(this.retentionClass, this.period, this.first)
  }

  get count(): number {
    return this.#events.length
  }

  /** Adds an event and gives its commit, base64url. */
  add(event: SyntheticEvent, leaf: number, time: number, personal: { record: number; digest: Buffer }): string {
    const at = 32 * this.#events.length
    this.#events.push({ event, leaf, time, record: personal.record })
    const core = createHash('sha256')
      .update(this.#salts.subarray(at, at + 16))
      .update(event.core)
      .digest()
    const content = createHash('sha256')
      .update(this.#salts.subarray(at + 16, at + 32))
      .update(event.content)
      .digest()
    return createHash('sha256').update(core).update(personal.digest).update(content).digest('base64url')
  }

  keyFile(masterKey: Uint8Array): string {
    const nonce = bytesOf(`nonce ${this.name}`, 12)
    const secret = Buffer.concat([this.dataKey, this.saltKey])
    const ct = sealGcm(masterKey, nonce, secret, `${this.origin}\n${this.name}`)
    const kid = createHash('sha256').update('tidemark master key\n').update(masterKey).digest('hex').slice(0, 16)
    return `${JSON.stringify({ v: 1, kid, nonce: nonce.toString('base64url'), ct: ct.toString('base64url') })}\n`
  }

  file(): Buffer {
    const binding = `${this.origin}\n${this.name}`
    const frames: [number, number][] = []
    const parts: Uint8Array[] = [MAGIC]
    let at = MAGIC.length
    for (let from = 0; from < this.count; from += 256) {
      const nonce = Buffer.alloc(12)
      nonce.writeUInt32BE(frames.length, 8)
      const sealed = sealGcm(this.dataKey, nonce, this.#frame(from), `${binding}\n${frames.length}`)
      frames.push([at, sealed.length])
      parts.push(sealed)
      at += sealed.length
    }
    const footer = this.#footer(frames, binding)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(footer.length)
    return Buffer.concat([...parts, footer, length, MAGIC])
  }

  #frame(from: number): Buffer {
    const events = this.#events.slice(from, from + 256)
    const cores = events.map(({ event }) => Buffer.from(event.core.replace(`"id":"${event.id}"`, '"id":"\x01"')))
    const contents = events.map(({ event }) => Buffer.from(event.content))
    const ids = events.map(({ event }) => Buffer.from(event.id.replaceAll('-', ''), 'hex'))
    const numbers = [
      cores.map(({ length }) => length),
      contents.map(({ length }) => length),
      events.map(({ record }) => record),
    ]
    const header = [varint(events.length), ...numbers.flat().map(varint), ...ids, varint(0)]
    const params = { [constants.BROTLI_PARAM_QUALITY]: 4 }
    return brotliCompressSync(Buffer.concat([...header, ...cores, ...contents]), { params })
  }

  #footer(frames: [number, number][], binding: string): Buffer {
    const leaves = this.#events.map(({ leaf }) => leaf)
    const gaps = leaves.map((leaf, i) => varint(leaf - (leaves[i - 1] ?? this.first)))
    const footer = JSON.stringify({
      v: 1,
      class: this.retentionClass,
      period: this.period,
      first: this.first,
      count: this.count,
      tFirst: this.#events[0]!.time,
      tLast: this.#events.at(-1)!.time,
      frames,
      gaps: brotliCompressSync(Buffer.concat(gaps)).toString('base64'),
    })
    const mac = sealGcm(this.dataKey, Buffer.alloc(12, 0xff), Buffer.alloc(0), `${binding}\nfooter\n${footer}`)
    return Buffer.from(`${footer.slice(0, -1)},"mac":"${mac.toString('base64url')}"}`)
  }
}

/** `locator/<first>.loc`. `classes[i]` is the class of leaf `first` + i, null for a control entry. */
export function locatorFile(
  first: number,
  period: string,
  times: readonly number[],
  leafClasses: readonly (string | null)[],
): Buffer {
  const classes = [...new Set(leafClasses.flatMap((one) => one ?? []))]
  const body = brotliCompressSync(Buffer.from(leafClasses.map((one) => (one === null ? 255 : classes.indexOf(one)))))
  const span = { tFirst: times[0], tLast: times.at(-1) }
  const digest = createHash('sha256').update(body).digest('base64url')
  const header = checkedLine({ v: 1, first, count: leafClasses.length, period, ...span, classes, body: digest })
  return Buffer.concat([Buffer.from(`${header}\n`), body])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80)
  return Buffer.from([...bytes, rest])
}

const MAGIC = Buffer.from('TMSEG1\n')
