import { Recent } from '../recent.js'

/**
 * Names whose values are secrets, as words without separators.
 *
 * A name is secret when its last words are one of these, in singular or plural: `newPassword`, `X-Api-Key`,
 * `client_secret`; but not `passwordPolicy` or `tokenCount`, which tell about a secret without giving it away.
 */
export const defaultSecretNames: readonly string[] = [
  ...['password', 'passwd', 'pwd', 'passphrase', 'passcode', 'pin', 'passwordhash', 'passwordsalt'],
  ...['secret', 'token', 'jwt', 'bearer', 'authorization', 'cookie', 'credential', 'connectionstring'],
  ...['apikey', 'accesskey', 'secretkey', 'privatekey', 'signingkey', 'encryptionkey', 'sharedkey', 'authkey'],
  ...['otp', 'totp', 'recoverycode', 'backupcode', 'cvv', 'cvc'],
]

/** Tells whether a name is secret; remembers what it said, since names come again and again. */
export function secretNames(names: readonly string[]): (name: string) => boolean {
  const secret = new Set(names.map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')))
  const recent = new Recent<boolean>(8192, 64)
  const verdict = (name: string) => endsWithOneOf(secret, name)
  return (name) => recent.of(name, verdict)
}

function endsWithOneOf(secret: ReadonlySet<string>, name: string): boolean {
  let tail = ''
  for (const word of wordsOf(name).reverse().slice(0, 4)) {
    tail = word + tail
    if (secret.has(tail) || (tail.endsWith('s') && secret.has(tail.slice(0, -1)))) return true
  }
  return false
}

/** `newAPIKey`, `new_api_key` and `new-api-key` are the same words. */
const wordsOf = (name: string) =>
  name
    .slice(0, 256)
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
