import { createHash } from 'node:crypto'
import { open, readFile, stat } from 'node:fs/promises'
import { KEY_BYTES, NONCE_BYTES, openGcm, sealGcm } from './seal-cipher.js'

/** Gives that many random bytes; `randomBytes` of node:crypto, or a seeded one in tests. */
export type Random = (bytes: number) => Buffer

/** Wraps the keys of segments and persons with a key that is kept elsewhere. */
export interface Keyring {
  /** Which master key wraps now; 16 hex digits. */
  readonly kid: string
  /** Encrypts and authenticates `plain`, bound to `aad`. */
  wrap(plain: Uint8Array, aad: string): WrappedKey
  /** Refused: `wrong_master_key` (wrapped by another), `unwrap_failed` (altered, or bound to something else). */
  unwrap(wrapped: WrappedKey, aad: string): Buffer
}

/** AES-256-GCM; `ct` ends with the 16-byte tag. */
export type WrappedKey = { readonly kid: string; readonly nonce: Uint8Array; readonly ct: Uint8Array }

/** A keyring of one 32-byte master key held in memory. */
export function masterKeyring(masterKey: Uint8Array, random: Random): Keyring {
  if (masterKey.length !== KEY_BYTES) throw new KeyError('key_malformed', 'a master key has 32 bytes')
  const kid = createHash('sha256').update('tidemark master key\n').update(masterKey).digest('hex').slice(0, 16)
  return {
    kid,
    wrap: (plain, aad) => {
      const nonce = random(NONCE_BYTES)
      return { kid, nonce, ct: sealGcm(masterKey, nonce, plain, Buffer.from(aad)) }
    },
    unwrap: (wrapped, aad) => {
      if (wrapped.kid !== kid) {
        throw new KeyError('wrong_master_key', `wrapped by master key ${wrapped.kid}, the one given is ${kid}`)
      }
      const plain = openGcm(masterKey, wrapped.nonce, wrapped.ct, Buffer.from(aad))
      if (!plain) throw new KeyError('unwrap_failed', 'a wrapped key was altered or belongs elsewhere')
      return plain
    },
  }
}

/**
 * The master key in a file: 32 bytes as base64.
 *
 * Refused: `key_missing`, `key_exposed` (somebody besides the owner may read or write it), `key_malformed`.
 */
export async function readMasterKey(path: string): Promise<Buffer> {
  const { mode } = await stat(path).catch((cause: unknown) => {
    throw new KeyError('key_missing', `no master key at ${path}`, cause)
  })
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new KeyError('key_exposed', `${path} can be read by others; run: chmod 600 ${path}`)
  }
  return parseMasterKey(await readFile(path, 'utf8'))
}

/** The master key in a text such as an environment value. Refused: `key_malformed`. */
export function parseMasterKey(text: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== KEY_BYTES || key.toString('base64') !== text.trim()) {
    throw new KeyError('key_malformed', 'a master key is 32 bytes as base64, 44 characters')
  }
  return key
}

/** Makes a new master key that only the owner may read, durably. Never replaces one: EEXIST. */
export async function createMasterKey(path: string, random: Random): Promise<Buffer> {
  const key = Buffer.from(random(KEY_BYTES))
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(`${key.toString('base64')}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  return key
}

export type KeyErrorCode = 'key_missing' | 'key_exposed' | 'key_malformed' | 'wrong_master_key' | 'unwrap_failed'

export class KeyError extends Error {
  override readonly name = 'KeyError'

  constructor(
    readonly code: KeyErrorCode,
    happened: string,
    cause?: unknown,
  ) {
    super(happened, { cause })
  }
}
