/** What stands in place of a secret. */
export const REDACTED = '[redacted]'

/**
 * Names whose values are secrets, as words without separators. A member is secret when its last words are one of these:
 * `newPassword`, `X-Api-Key`, `client_secret`, but not `passwordPolicy` or `tokenCount`.
 */
export const defaultSecretNames: readonly string[] = [
  ...['password', 'passwd', 'passphrase', 'pwd', 'passcode', 'pin'],
  ...['passwordhash', 'passwordsalt'],
  ...['secret', 'token', 'apikey', 'accesskey', 'privatekey', 'secretkey', 'signingkey', 'encryptionkey', 'sessionkey'],
  ...['authorization', 'bearer', 'cookie', 'jwt', 'otp', 'totp', 'cvv', 'cvc'],
  ...['credential', 'connectionstring', 'sas', 'sig', 'signature'],
]

export type Redactor = {
  /** The same tree when it holds no secret, otherwise a copy without them. */
  tree<T>(value: T): T
  /** The text with the values of secret query parameters replaced. */
  text(value: string): string
}

/** Knows which members are secret. `names` are compared without separators and case; a plural is the same name. */
export function redactor(names: readonly string[] = defaultSecretNames): Redactor {
  const secret = new Set(names.map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, '')))
  const known = new Map<string, boolean>()

  const isSecret = (name: string): boolean => {
    const remembered = known.get(name)
    if (remembered !== undefined) return remembered
    if (known.size >= 10_000) known.clear()
    const verdict = endsWithSecret(name, secret)
    known.set(name, verdict)
    return verdict
  }

  const cleanText = (text: string) =>
    text.includes('=')
      ? text.replace(QUERY_PAIR, (pair, start, name) =>
          isSecret(decoded(name)) ? `${start}${name}=${REDACTED}` : pair,
        )
      : text

  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return cleanText(value)
    if (typeof value !== 'object' || value === null) return value
    return Array.isArray(value) ? cleanItems(value) : cleanMembers(value as Record<string, unknown>)
  }

  const cleanItems = (items: unknown[]): unknown[] => {
    let copy: unknown[] | undefined
    for (let i = 0; i < items.length; i++) {
      const cleaned = clean(items[i])
      if (cleaned === items[i]) continue
      copy ??= items.slice()
      copy[i] = cleaned
    }
    return copy ?? items
  }

  const cleanMembers = (members: Record<string, unknown>): Record<string, unknown> => {
    let changed: Map<string, unknown> | undefined
    for (const key in members) {
      const value = members[key]
      const cleaned = isSecret(key) && holdsSecret(value) ? REDACTED : clean(value)
      if (cleaned === value) continue
      changed ??= new Map(Object.entries(members))
      changed.set(key, cleaned)
    }
    return changed ? Object.fromEntries(changed) : members
  }

  return { tree: (value) => clean(value) as typeof value, text: cleanText }
}

/** `?token=…`, `&token=…` or `;token=…` up to the next separator. */
const QUERY_PAIR = /([?&;])([^?&;=#\s"']{1,64})=([^&;#\s"']*)/g

/** Whether it was set and what it was nobody may learn; that it is null, true or false says nothing. */
const holdsSecret = (value: unknown) => value !== null && typeof value !== 'boolean' && value !== undefined

function endsWithSecret(name: string, secret: ReadonlySet<string>): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  let tail = ''
  for (const word of words.reverse().slice(0, 4)) {
    tail = word + tail
    if (secret.has(tail) || (tail.endsWith('s') && secret.has(tail.slice(0, -1)))) return true
  }
  return false
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
