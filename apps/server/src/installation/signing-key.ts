import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Keyring } from '@tidemark/ledger'
import { noteKey, type SigningKey } from '@tidemark/proof'
import { ServerError } from '../server-error.js'
import { writePrivateFile } from './private-file.js'

type KeyFile = { readonly v: 1; readonly kid: string; readonly nonce: string; readonly ct: string }

/**
 * The key that signs a log's checkpoints: an Ed25519 seed, wrapped with the master key and bound to the origin.
 *
 * `mayCreate` only for a log that does not exist yet: another key for an old log would sign a second history. Throws
 * `ServerError` `missing_signing_key`.
 */
export async function openSigningKey(
  path: string,
  origin: string,
  keyring: Keyring,
  mayCreate: boolean,
): Promise<SigningKey> {
  const aad = `${origin}\nsigning`
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    if (mayCreate) return undefined
    const advice = 'Restore it from a backup: another key would begin a second history of this log.'
    throw new ServerError('missing_signing_key', `The signing key of ${origin} is missing: ${path}. ${advice}`)
  })
  if (text !== undefined) {
    const { kid, nonce, ct }: KeyFile = JSON.parse(text)
    const wrapped = { kid, nonce: Buffer.from(nonce, 'base64url'), ct: Buffer.from(ct, 'base64url') }
    return noteKey(origin, keyring.unwrap(wrapped, aad))
  }
  const seed = randomBytes(32)
  const { kid, nonce, ct } = keyring.wrap(seed, aad)
  const file: KeyFile = { v: 1, kid, nonce: base64url(nonce), ct: base64url(ct) }
  await writePrivateFile(path, `${JSON.stringify(file)}\n`)
  return noteKey(origin, seed)
}

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
