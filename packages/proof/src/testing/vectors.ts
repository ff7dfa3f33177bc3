import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A golden file of the repository's `vectors/` folder. */
export function readVectors<T>(path: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../../../vectors', path), 'utf8'))
}

export const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))
export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
