import { openGcm } from './gcm.js'

/** A person's key: 32 bytes; `erased` once it was destroyed; `altered` when it does not open. */
export type PersonKey = Buffer | 'erased' | 'altered'

/**
 * Opens `vault/people.keys`: slots of 96 bytes, SHA-256(origin ‖ 0x00 ‖ person) (32) ‖ nonce (12) ‖ AES-256-GCM(master
 * key, person key) (48), bound to "<origin>\n<hash in hex>" ‖ 4 zero bytes. Erasing a person zeroes the bytes 32 … 95.
 */
export function openPeopleKeys(file: Buffer, masterKey: Uint8Array, origin: string): PersonKey[] {
  return Array.from({ length: Math.floor(file.length / SLOT_BYTES) }, (_, slot) => {
    const bytes = file.subarray(slot * SLOT_BYTES, (slot + 1) * SLOT_BYTES)
    if (bytes.subarray(NONCE_AT).equals(ERASED)) return 'erased'
    if (!bytes.subarray(PADDING_AT).equals(PADDING)) return 'altered'
    const sealed = bytes.subarray(SEALED_AT, PADDING_AT)
    return (
      openGcm(
        masterKey,
        bytes.subarray(NONCE_AT, SEALED_AT),
        sealed,
        `${origin}\n${bytes.toString('hex', 0, NONCE_AT)}`,
      ) ?? 'altered'
    )
  })
}

export const SLOT_BYTES = 96
const NONCE_AT = 32
const SEALED_AT = 44
const PADDING_AT = 92
const PADDING = Buffer.alloc(SLOT_BYTES - PADDING_AT)
const ERASED = Buffer.alloc(SLOT_BYTES - NONCE_AT)
