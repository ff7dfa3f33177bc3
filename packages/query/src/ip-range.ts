import { parseAddress } from '@tidemark/event'

/** Addresses from `first` to `last`, both included, as 32 hex digits; IPv4 as IPv4-mapped IPv6. */
export type IpRange = { readonly first: string; readonly last: string }

/** The 32 hex digits by which addresses are compared; null when the text is no address. */
export function ipKeyOf(text: string): string | null {
  if (text === lastText) return lastKey
  lastText = text
  lastKey = parseAddress(text)?.key ?? null
  return lastKey
}

/** Neighbouring events often come from one address. */
let lastText = ''
let lastKey: string | null = null

/**
 * Reads `10.0.0.1`, `10.0.0.0/8`, `2001:db8::/32` or whole octets with a star, `10.0.*`; null when it is none.
 *
 * Bits of a network address behind its prefix length are ignored, as `10.1.2.3/8` is commonly written.
 */
export function parseIpRange(text: string): IpRange | null {
  const starred = /^(\d{1,3}(?:\.\d{1,3}){0,2})((?:\.\*){1,3})$/.exec(text)
  if (starred) {
    const octets = starred[1]!.split('.')
    const stars = starred[2]!.length / 2
    if (octets.length + stars > 4) return null
    return parseIpRange(`${[...octets, '0', '0', '0'].slice(0, 4).join('.')}/${octets.length * 8}`)
  }
  const [address = '', prefix, ...rest] = text.split('/')
  const key = ipKeyOf(address)
  if (key === null || rest.length > 0) return null
  if (prefix === undefined) return { first: key, last: key }
  const bits = address.includes(':') ? 128 : 32
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) return null
  return maskedRange(BigInt(`0x${key}`), BigInt(bits - Number(prefix)))
}

function maskedRange(key: bigint, freeBits: bigint): IpRange {
  const first = (key >> freeBits) << freeBits
  const last = first | ((1n << freeBits) - 1n)
  return { first: hex(first), last: hex(last) }
}

const hex = (value: bigint) => value.toString(16).padStart(32, '0')

/** The address with these 32 hex digits, in its shortest form. */
export function addressOfKey(key: string): string {
  const groups = key.match(/.{4}/g)?.join(':') ?? ''
  return parseAddress(groups)?.text ?? key
}
