import { createCipheriv, createDecipheriv } from 'node:crypto'

/** AES-256-GCM: ciphertext ‖ 16-byte tag. A nonce may be used only once with a key. */
export function sealGcm(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array, aad: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad)
  const body = cipher.update(plain)
  return Buffer.concat([body, cipher.final(), cipher.getAuthTag()])
}

/** What `sealGcm` sealed; null when key, nonce, bytes or `aad` are not the ones it was sealed with. */
export function openGcm(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Buffer | null {
  if (sealed.length < TAG_BYTES || nonce.length !== NONCE_BYTES) return null
  const end = sealed.length - TAG_BYTES
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(aad).setAuthTag(sealed.subarray(end))
  const plain = decipher.update(sealed.subarray(0, end))
  try {
    decipher.final()
    return plain
  } catch {
    return null
  }
}

export const KEY_BYTES = 32
export const NONCE_BYTES = 12
export const TAG_BYTES = 16
