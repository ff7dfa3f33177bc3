import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const pattern = /^tm_([0-9a-z]{12})_([0-9a-f]{64})$/
const idAlphabet = '0123456789abcdefghijkmnpqrstuvwxyz'

/** A new key: `tm_<id>_<secret>` with 256 random bits of secret, and the hash that is kept of them. */
export function createKeyText(): { id: string; key: string; secretHash: Buffer } {
  const id = Array.from(randomBytes(12), (byte) => idAlphabet[byte % idAlphabet.length]).join('')
  const secret = randomBytes(32).toString('hex')
  return { id, key: `tm_${id}_${secret}`, secretHash: hashSecret(secret) }
}

/** The two parts of a key text; undefined when it is not one. */
export function readKeyText(text: string): { id: string; secret: string } | undefined {
  const match = pattern.exec(text)
  return match ? { id: match[1]!, secret: match[2]! } : undefined
}

/** Whether `secret` is the one that was hashed, in a time that does not depend on where they differ. */
export const isSecret = (secret: string, secretHash: Uint8Array) => timingSafeEqual(hashSecret(secret), secretHash)

const hashSecret = (secret: string) => createHash('sha256').update(secret).digest()
