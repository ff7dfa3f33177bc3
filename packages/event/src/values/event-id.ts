/**
 * A UUIDv7 that is always the same for the same foreign event: its time, and bits of a hash of its own identifier.
 *
 * `ms` is milliseconds since 1970; `seedBytes` at least 10 bytes that depend on the foreign id, SHA-256 for example.
 * Source: RFC 9562 §5.7.
 */
export function idFromTime(ms: number, seedBytes: Uint8Array): string {
  if (seedBytes.length < 10) throw new RangeError('idFromTime needs at least 10 seed bytes')
  if (!(ms >= 0 && ms < 2 ** 48)) throw new RangeError('idFromTime needs a time between 1970 and 10889')
  const time = Math.floor(ms).toString(16).padStart(12, '0')
  const hex = Array.from(seedBytes.subarray(0, 10), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = ((seedBytes[2]! & 0x3f) | 0x80).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(6, 8)}-${hex.slice(8, 20)}`
}

/** Milliseconds since 1970 inside a UUIDv7. */
export const timeOfId = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
