import { Recent } from '../recent.js'
import { byCodeUnits, canonicalize, canonicalString } from './canonical-json.js'

/** Writes one string as JSON. Which of the two it is depends on what is known about the text. */
export type Quote = (text: string) => string

/** For strings that came from a JSON text without a backslash: nothing in them needs an escape. */
export const quotePlain: Quote = (text) => `"${text}"`

/** For any well-formed string; asks JSON.stringify only when there is something to escape. */
export const quoteAny: Quote = (text) => (ESCAPED.test(text) ? canonicalString(text) : `"${text}"`)

/** A quotation mark, a backslash or a control character: none of those from blank up. */
const ESCAPED = /[^ !#-[\]-\uffff]/

/** `,"name":"text"`, or nothing for an absent member. `name` needs no escape. */
export const textMember = (name: string, text: string | undefined, quote: Quote): string =>
  text === undefined ? '' : `,"${name}":${quote(text)}`

/** `"name":"text",` for a member before one that is always there. */
export const leading = (name: string, text: string | undefined, quote: Quote): string =>
  text === undefined ? '' : `"${name}":${quote(text)},`

/** `,"name":…` for a member whose value is JSON text already. */
export const member = (name: string, json: string | undefined): string =>
  json === undefined ? '' : `,"${name}":${json}`

/** An object from members that each begin with a comma; undefined when there are none. */
export const objectOf = (members: string): string | undefined => (members === '' ? undefined : `{${members.slice(1)}}`)

export function arrayOf<T>(items: readonly T[], write: (item: T) => string): string {
  let text = ''
  for (let i = 0; i < items.length; i++) text += i === 0 ? write(items[i]!) : `,${write(items[i]!)}`
  return `[${text}]`
}

/**
 * RFC 8785 text of a tree that JSON.parse could have made: the answer of `canonicalize`, sooner, because `quote` knows
 * whether texts need escapes and because names are remembered in quotes.
 */
export function treeText(tree: Record<string, unknown>, quote: Quote): string {
  const keys = Object.keys(tree)
  sortFew(keys)
  let text = ''
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    const value = tree[key]
    if (value === undefined) continue
    text += `${text === '' ? '{' : ','}${quoteRemembered(key)}:${valueText(value, quote)}`
  }
  return text === '' ? '{}' : `${text}}`
}

function valueText(value: unknown, quote: Quote): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value !== 'object' || value === null) return canonicalize(value)
  if (Array.isArray(value)) return arrayOf(value, (item) => valueText(item, quote))
  return treeText(value as Record<string, unknown>, quote)
}

/** Insertion sort: names come few and often in order already. */
function sortFew(keys: string[]): void {
  if (keys.length > 24) {
    keys.sort(byCodeUnits)
    return
  }
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i]!
    let j = i - 1
    while (j >= 0 && keys[j]! > key) keys[j + 1] = keys[j--]!
    keys[j + 1] = key
  }
}

const recent = new Recent<string>(8192, 64)

/** `"text"`, remembered: for names that come again and again. */
export const quoteRemembered = (text: string): string => recent.of(text, canonicalString)
