import { decodeBase64, encodeBase64 } from '@tidemark/proof'

/** base64url without padding (RFC 4648 §5). */
export function encodeBase64url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The bytes of base64url without padding, in its one canonical spelling. Refused: FormatError `bad_base64`. */
export function decodeBase64url(text: string): Uint8Array {
  const plain = text.replaceAll(/[-_+/=]/g, (character) => ({ '-': '+', _: '/' })[character] ?? '!')
  return decodeBase64(plain.padEnd(Math.ceil(plain.length / 4) * 4, '='))
}
