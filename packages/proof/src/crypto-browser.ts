import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'

/** SHA-256 (FIPS 180-4) of `bytes`, written to `out` at `offset`: 32 bytes. WebCrypto would make every caller wait. */
export function sha256Into(bytes: Uint8Array, out: Uint8Array, offset: number): void {
  out.set(sha256(bytes), offset)
}

/** The Ed25519 public key (32 bytes, RFC 8032) that belongs to a 32-byte seed. */
export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(seed)
}

/** The 64-byte Ed25519 signature (RFC 8032, pure) of `message`. */
export function ed25519Sign(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return ed25519.sign(message, seed)
}

/** Whether `signature` is the key's over `message`; false, never an error, for keys or signatures of a wrong shape. */
export function ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false })
  } catch {
    return false
  }
}
