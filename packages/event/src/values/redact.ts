import { defaultSecretNames, secretNames } from './secret-names.js'

/** What stands in place of a secret. */
export const REDACTED = '[redacted]'

export type Redactor = {
  /** The same tree when it holds no secret, otherwise a copy without them. */
  tree<T>(value: T): T
  /** The text with secret query parameters and passwords in URLs replaced. */
  text(value: string): string
}

/**
 * Takes secrets out of what producers send.
 *
 * In a tree, the value of a member with a secret name (see `secretNames`) becomes `[redacted]`, whatever it was, unless
 * it is null, true or false. So does the value of a pair like `{name: 'password', value: …}`. In texts, query
 * parameters (`?token=…`) with a secret name and passwords in URLs (`//user:password@host`) are replaced.
 */
export function redactor(names: readonly string[] = defaultSecretNames): Redactor {
  const isSecret = secretNames(names)

  const text = (value: string): string => {
    let clean = value
    if (clean.includes('=')) {
      clean = clean.replace(QUERY_PAIR, (pair, start: string, name: string) =>
        isSecret(decoded(name)) ? `${start}${name}=${REDACTED}` : pair,
      )
    }
    return clean.includes('://') ? clean.replace(URL_PASSWORD, `$1:${REDACTED}@`) : clean
  }

  const tree = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value)
    if (typeof value !== 'object' || value === null) return value
    return Array.isArray(value) ? items(value) : members(value as Record<string, unknown>)
  }

  const items = (list: unknown[]): unknown[] => {
    let copy: unknown[] | undefined
    for (let i = 0; i < list.length; i++) {
      const clean = tree(list[i])
      if (clean === list[i]) continue
      copy ??= list.slice()
      copy[i] = clean
    }
    return copy ?? list
  }

  const members = (object: Record<string, unknown>): Record<string, unknown> => {
    const isPair = namesSecret(object, isSecret)
    let copy: Map<string, unknown> | undefined
    for (const key of Object.keys(object)) {
      const value = object[key]
      const hide = (isSecret(key) || (isPair && PAIR_VALUES.has(key))) && tells(value)
      const clean = hide ? REDACTED : tree(value)
      if (clean === value) continue
      copy ??= new Map(Object.entries(object))
      copy.set(key, clean)
    }
    return copy ? Object.fromEntries(copy) : object
  }

  return { tree: tree as Redactor['tree'], text }
}

/** A name and its value up to the next separator, after `?`, `&`, `;`, `#` or at the start. */
const QUERY_PAIR = /(^|[?&;#])([^?&;#=\s"']{1,64})=([^&;#\s"'<>]*)/g

const URL_PASSWORD = /(:\/\/[^/?#\s:@]*):[^/?#\s@]*@/g

/** `{name: 'password', value: 'x'}`: forms, headers and lists of changed properties come like this. */
const PAIR_VALUES = new Set([
  'value',
  'values',
  'oldValue',
  'newValue',
  'old_value',
  'new_value',
  'old',
  'new',
  'before',
  'after',
])

function namesSecret(object: Record<string, unknown>, isSecret: (name: string) => boolean): boolean {
  const name = object.name ?? object.key ?? object.field ?? object.displayName
  return typeof name === 'string' && isSecret(name)
}

/** That a secret is absent, or that a switch of that name is on or off, gives nothing away. */
const tells = (value: unknown) => value !== null && value !== undefined && typeof value !== 'boolean'

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
