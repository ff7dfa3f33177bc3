import { type RefusalCode, refuse } from '../refusal.js'

/** Refuses (EventRefused) text of more than `max` bytes in UTF-8. Counts only when the text could be too long. */
export function checkBytes(text: string, max: number, code: RefusalCode, pointer: string): void {
  if (text.length * 3 <= max) return
  const bytes = utf8Bytes(text)
  if (bytes > max) refuse(code, pointer, `expected at most ${max} bytes of UTF-8, found ${bytes}`)
}

function utf8Bytes(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c >= 0xd800 && c <= 0xdbff) {
      bytes += 2
      i++
    } else if (c >= 0x800) bytes += 2
    else if (c >= 0x80) bytes++
  }
  return bytes
}
