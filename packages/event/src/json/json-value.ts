import { limits } from '../limits.js'
import { below, refuse } from '../refusal.js'
import { isWellFormed } from './canonical-json.js'

/**
 * Checks that a value is one that every JSON reader understands alike, whoever made it.
 *
 * Refused (EventRefused) are NaN, infinities, numbers beyond ±(2^53 − 1), lone surrogates, functions, symbols, bigints,
 * class instances, and nesting beyond `limits.textDepth`, so cycles too. Members that are `undefined` count as absent.
 */
export function checkJsonValue(value: unknown): void {
  if (!isSound(value, limits.textDepth)) name(value, '', 1)
}

function isSound(value: unknown, levels: number): boolean {
  switch (typeof value) {
    case 'string':
      return isWellFormed(value)
    case 'number':
      return Math.abs(value) <= Number.MAX_SAFE_INTEGER
    case 'boolean':
      return true
    case 'object':
      return (
        value === null ||
        (levels > 0 && (Array.isArray(value) ? hasSoundItems(value, levels) : hasSoundMembers(value, levels)))
      )
    default:
      return false
  }
}

function hasSoundItems(items: readonly unknown[], levels: number): boolean {
  for (let i = 0; i < items.length; i++) if (!isSound(items[i], levels - 1)) return false
  return true
}

function hasSoundMembers(value: object, levels: number): boolean {
  if (!isPlain(value)) return false
  const members = value as Record<string, unknown>
  for (const key of Object.keys(members)) {
    const member = members[key]
    if (!isWellFormed(key) || (member !== undefined && !isSound(member, levels - 1))) return false
  }
  return true
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Finds the first unsound place again, this time with its pointer, and refuses it. */
function name(value: unknown, pointer: string, depth: number): void {
  if (typeof value === 'string' && !isWellFormed(value)) {
    refuse('lone_surrogate', pointer, 'expected whole characters, found half a surrogate pair')
  }
  if (typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
    refuse('unsafe_number', pointer, `expected a number within ±(2^53 − 1), found ${value}; send it as a string`)
  }
  if (['undefined', 'function', 'symbol', 'bigint'].includes(typeof value)) {
    refuse('wrong_type', pointer, `expected a JSON value, found ${typeof value}`)
  }
  if (typeof value !== 'object' || value === null) return
  if (depth > limits.textDepth) refuse('too_deep', pointer, `expected at most ${limits.textDepth} levels of nesting`)
  if (Array.isArray(value)) for (let i = 0; i < value.length; i++) name(value[i], below(pointer, i), depth + 1)
  else nameMember(value, pointer, depth)
}

function nameMember(value: object, pointer: string, depth: number): void {
  if (!isPlain(value))
    refuse('wrong_type', pointer, `expected a plain object, found ${value.constructor?.name ?? 'an instance'}`)
  for (const [key, member] of Object.entries(value)) {
    if (!isWellFormed(key)) refuse('lone_surrogate', pointer, 'expected whole characters in a member name')
    if (member !== undefined) name(member, below(pointer, key), depth + 1)
  }
}
