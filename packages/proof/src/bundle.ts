import { FormatError } from './format-error.js'

/** The largest entry a bundle can hold, in bytes: its length is an unsigned 16-bit number. */
export const MAX_ENTRY_BYTES = 65_535

/**
 * An entry bundle: each entry after its length, big-endian, 16 bits. Source: C2SP tlog-tiles, "Log entries".
 *
 * Refused: `entry_too_large`.
 */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0))
  let offset = 0
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) {
      throw new FormatError('entry_too_large', `an entry of ${entry.length} bytes; at most ${MAX_ENTRY_BYTES} fit`)
    }
    bytes[offset] = entry.length >>> 8
    bytes[offset + 1] = entry.length & 0xff
    bytes.set(entry, offset + 2)
    offset += 2 + entry.length
  }
  return bytes
}

/** The entries of a bundle, as views into it. Refused: `bad_bundle`, when the last entry is cut short. */
export function decodeBundle(bytes: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = []
  for (let offset = 0; offset < bytes.length; ) {
    const start = offset + 2
    const end = start + ((bytes[offset] as number) << 8) + (bytes[offset + 1] ?? 0)
    if (start > bytes.length || end > bytes.length) {
      throw new FormatError('bad_bundle', `entry ${entries.length} of the bundle is cut short at byte ${offset}`)
    }
    entries.push(bytes.subarray(start, end))
    offset = end
  }
  return entries
}
