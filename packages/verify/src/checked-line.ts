import { hash } from 'node:crypto'

/**
 * Reads a JSON object whose last member, `sha256`, is the base64url digest of the object without it; null when it is
 * not. The digest shows damage, not malice: whoever can write the file can write the digest.
 */
export function readCheckedLine(line: string): Record<string, unknown> | null {
  const at = line.lastIndexOf(',"sha256":"')
  if (at < 0) return null
  const object = `${line.slice(0, at)}}`
  if (line !== `${line.slice(0, at)},"sha256":"${hash('sha256', object, 'base64url')}"}`) return null
  try {
    return JSON.parse(object)
  } catch {
    return null
  }
}
