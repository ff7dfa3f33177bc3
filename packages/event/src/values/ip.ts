/** An address as it is stored, and the 16 bytes of it (IPv4 as IPv4-mapped IPv6) in 32 lower-case hex digits. */
export type Address = { readonly text: string; readonly key: string }

const MAPPED = '00000000000000000000ffff'

/**
 * Reads an IPv4 or IPv6 address; null when it is none.
 *
 * A port (`10.0.0.1:443`, `[::1]:443`) and a zone (`fe80::1%eth0`) are dropped, since they belong to one connection or
 * one host. The text is the shortest form: dotted for IPv4 and IPv4-mapped, RFC 5952 for IPv6. Refused are octal or
 * short IPv4 forms, which readers disagree about.
 */
export function parseAddress(input: string): Address | null {
  const text = withoutPort(input)
  if (text === null) return null
  const v4 = parseV4(text)
  if (v4) return { text, key: MAPPED + v4 }
  const groups = parseV6(text)
  if (!groups) return null
  const key = groups.map((group) => group.toString(16).padStart(4, '0')).join('')
  return key.startsWith(MAPPED) ? { text: dotted(groups[6]!, groups[7]!), key } : { text: shortest(groups), key }
}

function withoutPort(input: string): string | null {
  if (input.startsWith('[')) return /^\[([^\]]*)\](?::\d{1,5})?$/.exec(input)?.[1] ?? null
  return /^([\d.]+):\d{1,5}$/.exec(input)?.[1] ?? input
}

function parseV4(text: string): string | null {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (!found) return null
  let hex = ''
  for (const part of found.slice(1)) {
    if (Number(part) > 255 || (part.length > 1 && part[0] === '0')) return null
    hex += Number(part).toString(16).padStart(2, '0')
  }
  return hex
}

/** Eight 16-bit groups. Source: RFC 4291 §2.2, zones RFC 4007 §11. */
function parseV6(input: string): number[] | null {
  const zone = input.indexOf('%')
  if (zone === input.length - 1) return null
  const text = expandDotted(zone < 0 ? input : input.slice(0, zone))
  if (text === null) return null
  const halves = text.split('::')
  if (halves.length > 2) return null
  const head = readGroups(halves[0]!)
  const tail = halves.length === 2 ? readGroups(halves[1]!) : []
  if (!head || !tail) return null
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  return [...head, ...new Array<number>(missing).fill(0), ...tail]
}

function readGroups(text: string): number[] | null {
  if (text === '') return []
  const parts = text.split(':')
  return parts.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part)) ? parts.map((part) => Number.parseInt(part, 16)) : null
}

/** `::ffff:10.0.0.1` with its last 32 bits as two groups. */
function expandDotted(text: string): string | null {
  if (!text.includes('.')) return text
  const colon = text.lastIndexOf(':')
  const v4 = parseV4(text.slice(colon + 1))
  return v4 && colon >= 0 ? `${text.slice(0, colon + 1)}${v4.slice(0, 4)}:${v4.slice(4)}` : null
}

const dotted = (high: number, low: number) => [high >> 8, high & 255, low >> 8, low & 255].join('.')

/** Source: RFC 5952 §4: lower case, no leading zeros, the longest (first) run of zero groups as `::`. */
function shortest(groups: readonly number[]): string {
  let start = -1
  let length = 1
  for (let i = 0; i < 8; i++) {
    let run = 0
    while (i + run < 8 && groups[i + run] === 0) run++
    if (run > length) [start, length] = [i, run]
    i += run
  }
  const hex = groups.map((group) => group.toString(16))
  if (start < 0) return hex.join(':')
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`
}
