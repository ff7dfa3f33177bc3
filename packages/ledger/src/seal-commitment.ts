/** The commitment an entry makes, base64url; '' when it is not the entry of an event. */
export function commitmentIn(entry: Buffer, start = 0): string {
  for (let i = 0; i < EVENT_START.length; i++) if (entry[start + i] !== EVENT_START[i]) return ''
  const at = start + EVENT_START.length
  return entry.toString('latin1', at, at + COMMITMENT_TEXT)
}

const EVENT_START = Buffer.from('{"c":"')
/** 32 bytes as base64url. */
const COMMITMENT_TEXT = 43
