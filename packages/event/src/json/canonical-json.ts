/**
 * The one text of a JSON value: members sorted by UTF-16 code units, no white space, numbers as ECMAScript prints them.
 *
 * Members that are `undefined` are left out, as in JSON.stringify. Throws TypeError for what JSON cannot say: NaN,
 * infinities, lone surrogates, functions, bigints. Source: RFC 8785.
 */
export function canonicalize(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return canonicalString(value)
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} is not a JSON number`)
      return String(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value as Record<string, unknown>)
    default:
      throw new TypeError(`a ${typeof value} has no JSON text`)
  }
}

/** A JSON string as RFC 8785 §3.2.2.2 wants it, which is how JSON.stringify writes well-formed text. */
export function canonicalString(text: string): string {
  if (!isWellFormed(text)) throw new TypeError('a lone surrogate has no UTF-8')
  return JSON.stringify(text)
}

export const isWellFormed = (text: string): boolean => (text as { isWellFormed(): boolean } & string).isWellFormed()

function canonicalArray(items: readonly unknown[]): string {
  let text = '['
  for (let i = 0; i < items.length; i++) text += i === 0 ? canonicalize(items[i]) : `,${canonicalize(items[i])}`
  return `${text}]`
}

function canonicalObject(members: Record<string, unknown>): string {
  let text = ''
  for (const key of Object.keys(members).sort(byCodeUnits)) {
    const value = members[key]
    if (value === undefined) continue
    text += `${text === '' ? '{' : ','}${canonicalString(key)}:${canonicalize(value)}`
  }
  return text === '' ? '{}' : `${text}}`
}

/** How RFC 8785 §3.2.3 orders names. */
export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
