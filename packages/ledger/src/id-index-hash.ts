/** The time in a UUIDv7, ms: its first 48 bits. Source: RFC 9562 §5.7. */
export function timeOfId(id: string): number {
  let time = 0
  for (let i = 0; i < 13; i++) if (i !== 8) time = time * 16 + hexDigit(id.charCodeAt(i))
  return time
}

/** The value of a lower-case hex digit. */
const hexDigit = (code: number): number => (code > 0x39 ? code - 0x57 : code - 0x30)

/** 32 bits that stand for an id in memory and in a run: FNV-1a over its 36 characters, then MurmurHash3's `fmix32`. */
export function fingerprintOf(id: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  return mix(hash)
}

/** `fmix32` of MurmurHash3: each bit of the input moves half of the bits of the output. */
export function mix(value: number): number {
  let hash = value ^ (value >>> 16)
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
