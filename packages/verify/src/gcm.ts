import { createDecipheriv } from 'node:crypto'

/** Opens AES-256-GCM (text ‖ 16-byte tag); null when key, nonce, bytes or `aad` are not the ones it was sealed with. */
export function openGcm(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, aad: string): Buffer | null {
  const textEnd = sealed.length - TAG_BYTES
  if (textEnd < 0 || nonce.length !== NONCE_BYTES) return null
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(aad))
  decipher.setAuthTag(sealed.subarray(textEnd))
  try {
    const text = decipher.update(sealed.subarray(0, textEnd))
    decipher.final()
    return text
  } catch {
    return null
  }
}

/** Decodes base64url without padding in its one canonical spelling; null for anything else. */
export function decodeBase64url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}

export const TAG_BYTES = 16
export const NONCE_BYTES = 12
