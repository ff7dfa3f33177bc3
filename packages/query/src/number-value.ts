/** Reads a number as written in JSON; null when it is none, or too large to be exact. */
export function parseNumber(text: string): number | null {
  if (!JSON_NUMBER.test(text)) return null
  const value = Number(text)
  const isExact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)
  return isExact ? value : null
}

const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/

/**
 * The number a text in an event's details stands for when it is compared with numbers; null for other texts.
 *
 * Plain decimals of at most 15 digits before and after the point, so that every engine reads the same number.
 */
export const numberOfText = (text: string): number | null => (PLAIN_DECIMAL.test(text) ? Number(text) : null)

/** The same as a pattern for other engines. */
export const PLAIN_DECIMAL_SOURCE = '^-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,15})?$'
const PLAIN_DECIMAL = new RegExp(PLAIN_DECIMAL_SOURCE)
