/**
 * The form in which two texts are compared when case does not matter: every character replaced by its simple lower case
 * of Unicode 15, one for one, so the length stays the same.
 *
 * This is what SQL `lower` does in the engines we print for, which is why it is not `toLowerCase`: that one turns `İ`
 * into two characters, looks at a word's end for `Σ`, and follows the Unicode version of the JavaScript engine.
 */
export function fold(text: string): string {
  if (!BEYOND_ASCII.test(text) || !NEEDS_CARE.test(text)) return text.toLowerCase()
  let folded = ''
  for (const char of text) folded += char === 'İ' ? 'i' : NEWER_THAN_UNICODE_15.test(char) ? char : char.toLowerCase()
  return folded
}

/** Whether `fold(text)` is `folded`, without building it in the common cases. */
export const foldsTo = (text: string, folded: string): boolean =>
  text === folded || (text.length === folded.length && fold(text) === folded)

const BEYOND_ASCII = /[^\0-\x7f]/
const NEWER = '\\u1c89\\ua7cb\\ua7cc\\ua7ce\\ua7d2\\ua7d4\\ua7da\\ua7dc\\u{10d50}-\\u{10d65}\\u{16ea0}-\\u{16eb8}'
const NEWER_THAN_UNICODE_15 = new RegExp(`[${NEWER}]`, 'u')
const NEEDS_CARE = new RegExp(`[İΣ${NEWER}]`, 'u')
