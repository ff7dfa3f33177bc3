import { isWellFormed } from './canonical-json.js'
import { limits } from './limits.js'
import { below, refuse } from './refusal.js'

/**
 * Checks that a value made by a program, not by JSON.parse, is one that JSON can say.
 *
 * Refused (EventRefused) are NaN, infinities, numbers beyond ±(2^53 − 1), lone surrogates, functions, symbols, bigints,
 * class instances, and nesting beyond `limits.textDepth`, so cycles too. Members that are `undefined` count as absent.
 */
export function checkJsonValue(value: unknown, pointer = '', depth = 1): void {
  if (typeof value === 'string') {
    if (!isWellFormed(value))
      refuse('lone_surrogate', pointer, 'expected whole characters, found half a surrogate pair')
  } else if (typeof value === 'number') {
    if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
      refuse('unsafe_number', pointer, `expected a number within ±(2^53 − 1), found ${value}; send it as a string`)
    }
  } else if (typeof value === 'object' && value !== null) {
    if (depth > limits.textDepth) refuse('too_deep', pointer, `expected at most ${limits.textDepth} levels of nesting`)
    checkMembers(value, pointer, depth)
  } else if (typeof value !== 'boolean' && value !== null) {
    refuse('wrong_type', pointer, `expected a JSON value, found ${typeof value}`)
  }
}

function checkMembers(value: object, pointer: string, depth: number): void {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) checkJsonValue(value[i], below(pointer, i), depth + 1)
    return
  }
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    refuse('wrong_type', pointer, `expected a plain object, found ${value.constructor?.name ?? 'an instance'}`)
  }
  for (const [key, member] of Object.entries(value)) {
    if (!isWellFormed(key)) refuse('lone_surrogate', pointer, 'expected whole characters in a member name')
    if (member !== undefined) checkJsonValue(member, below(pointer, key), depth + 1)
  }
}
