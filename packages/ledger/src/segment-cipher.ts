import { openGcm, sealGcm } from './seal-cipher.js'

/** Stands at both ends of a segment. */
export const SEGMENT_MAGIC = Buffer.from('TMSEG1\n')

/**
 * A frame on disk: AES-256-GCM, nonce = frame number (96 bits, big-endian), bound to origin, segment and number. A data
 * key belongs to one segment, so no nonce comes twice.
 */
export function sealFrame(dataKey: Uint8Array, binding: string, frame: number, packed: Uint8Array): Buffer {
  return sealGcm(dataKey, nonceOf(frame), packed, Buffer.from(`${binding}\n${frame}`))
}

/** What `sealFrame` sealed; null when a byte of it, its place or the key is another. */
export function openFrame(dataKey: Uint8Array, binding: string, frame: number, sealed: Uint8Array): Buffer | null {
  return openGcm(dataKey, nonceOf(frame), sealed, Buffer.from(`${binding}\n${frame}`))
}

/**
 * The footer with `mac` as its last member: base64url of the AES-256-GCM tag over no text, nonce 2^96 − 1, with
 * "<origin>\n<segment>\nfooter\n" ‖ (the footer without `mac`) as additional data.
 */
export function signFooter(dataKey: Uint8Array, binding: string, footer: string): string {
  const tag = sealGcm(dataKey, FOOTER_NONCE, Buffer.alloc(0), footerData(binding, footer))
  return `${footer.slice(0, -1)},"mac":"${tag.toString('base64url')}"}`
}

/** The footer without its `mac`, and whether the mac is the one `signFooter` makes with this key. */
export function splitFooter(signed: string): {
  footer: string
  isSigned(dataKey: Uint8Array, binding: string): boolean
} {
  const at = signed.lastIndexOf(',"mac":"')
  const footer = `${signed.slice(0, Math.max(at, 0))}}`
  return { footer, isSigned: (dataKey, binding) => signFooter(dataKey, binding, footer) === signed }
}

function nonceOf(frame: number): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(frame, 8)
  return nonce
}

const FOOTER_NONCE = Buffer.alloc(12, 0xff)

const footerData = (binding: string, footer: string): Buffer => Buffer.from(`${binding}\nfooter\n${footer}`)
