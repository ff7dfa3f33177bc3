import { dirname } from 'node:path'
import type { RetentionClass } from '@tidemark/event'
import { readIfThere, writeDurably } from './durable-file.js'
import type { FileSystem } from './file-system.js'
import { KeyError, type Keyring, type Random } from './keyring.js'
import { LedgerError } from './ledger-error.js'
import { SaltStream } from './salts.js'
import { BoundedMap } from './seal-bounded-map.js'
import { KEY_BYTES } from './seal-cipher.js'
import { makeDurably } from './seal-directory.js'
import { segmentKeyPath, segmentName } from './segment-name.js'

export type SegmentKeysOptions = {
  readonly fs: FileSystem
  /** The log's directory. */
  readonly directory: string
  readonly origin: string
  readonly keyring: Keyring
  readonly random: Random
}

/** The keys of a log's segments, each wrapped in a file of its own: without that file its segment is lost for good. */
export class SegmentKeys {
  readonly #options: SegmentKeysOptions
  readonly #known = new BoundedMap<string, Promise<SegmentKey>>(KNOWN_KEYS)

  constructor(options: SegmentKeysOptions) {
    this.#options = options
  }

  /** The key of a segment, made durable before it is given when it is new. Refused: `corrupt`, KeyError. */
  open(retentionClass: RetentionClass, period: string, first: number): Promise<SegmentKey> {
    const name = segmentName({ retentionClass, period, first })
    return this.#known.obtain(name, async () => (await this.#read(name)) ?? this.#create(name))
  }

  /** The key of a segment that was written; null once it has been destroyed. */
  async find(name: string): Promise<SegmentKey | null> {
    const key = await this.#read(name)
    return key && this.#known.obtain(name, async () => key)
  }

  /** Drops a key from memory, after its file was destroyed. */
  forget(name: string): void {
    this.#known.delete(name)
  }

  async #read(name: string): Promise<SegmentKey | null> {
    const { fs, directory, origin, keyring } = this.#options
    const path = segmentKeyPath(directory, name)
    const bytes = await readIfThere(fs, path)
    return bytes && new SegmentKey(name, decodeKeyFile(bytes, keyring, `${origin}\n${name}`, path))
  }

  async #create(name: string): Promise<SegmentKey> {
    const { fs, directory, origin, keyring, random } = this.#options
    const path = segmentKeyPath(directory, name)
    const secret = random(2 * KEY_BYTES)
    await makeDurably(fs, directory, dirname(path))
    await writeDurably(fs, path, encodeKeyFile(keyring, secret, `${origin}\n${name}`))
    return new SegmentKey(name, secret)
  }
}

/** What encrypts one segment and salts its events. */
export class SegmentKey {
  readonly dataKey: Buffer
  readonly #salts: SaltStream

  constructor(
    readonly name: string,
    secret: Buffer,
  ) {
    this.dataKey = secret.subarray(0, KEY_BYTES)
    this.#salts = new SaltStream(secret.subarray(KEY_BYTES))
  }

  /** The salts of `count` events from `position` on, 32 bytes each: 16 for core, 16 for content. Not to be changed. */
  salts(position: number, count: number): Buffer {
    return this.#salts.salts(position, count)
  }
}

/** Enough for every class of the newest days. */
const KNOWN_KEYS = 256

function encodeKeyFile(keyring: Keyring, secret: Buffer, aad: string): Buffer {
  const { kid, nonce, ct } = keyring.wrap(secret, aad)
  return Buffer.from(`${JSON.stringify({ v: 1, kid, nonce: base64url(nonce), ct: base64url(ct) })}\n`)
}

function decodeKeyFile(bytes: Buffer, keyring: Keyring, aad: string, file: string): Buffer {
  const { kid, nonce, ct } = parseKeyFile(bytes, file)
  try {
    return keyring.unwrap({ kid, nonce: Buffer.from(nonce, 'base64url'), ct: Buffer.from(ct, 'base64url') }, aad)
  } catch (cause) {
    if (!(cause instanceof KeyError)) throw cause
    const advice = 'Start with the master key this data was written with, or restore the file from a backup.'
    throw new LedgerError('corrupt', `${file} does not open: ${cause.message}`, { file, advice, cause })
  }
}

/** One spelling only, so that no byte of the file can be altered unnoticed. */
function parseKeyFile(bytes: Buffer, file: string): { kid: string; nonce: string; ct: string } {
  const text = bytes.toString('latin1')
  const match = /^\{"v":1,"kid":"([0-9a-f]{16})","nonce":"([\w-]{16})","ct":"([\w-]{107})"\}\n$/.exec(text)
  const [, kid, nonce, ct] = match ?? []
  if (!kid || !nonce || !ct || base64url(Buffer.from(ct, 'base64url')) !== ct) {
    throw new LedgerError('corrupt', `${file} is not a segment key of version 1`, { file })
  }
  return { kid, nonce, ct }
}

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
