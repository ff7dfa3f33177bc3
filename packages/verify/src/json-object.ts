/** Just past the JSON object that starts at `start`; −1 when none does, or when it does not end before `end`. */
export function endOfObject(bytes: Buffer, start: number, end: number): number {
  if (bytes[start] !== OPEN) return -1
  let depth = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number
    if (byte < SPACE) return -1
    if (byte === QUOTE) {
      at = endOfString(bytes, at, end)
      if (at < 0) return -1
    } else if (byte === OPEN) depth++
    else if (byte === CLOSE && --depth === 0) return at + 1
  }
  return -1
}

/** The closing quote of the string that opens at `start`; −1 when it does not end. */
function endOfString(bytes: Buffer, start: number, end: number): number {
  for (let at = start + 1; at < end; at++) {
    const byte = bytes[at] as number
    if (byte === QUOTE) return at
    if (byte < SPACE) return -1
    if (byte === BACKSLASH) at++
  }
  return -1
}

const OPEN = 0x7b
const CLOSE = 0x7d
const QUOTE = 0x22
const BACKSLASH = 0x5c
const SPACE = 0x20
