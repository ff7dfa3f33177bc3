import type { Pattern } from './tree.js'

/** A text in quotes, as a phrase or an exact value. */
export const quotedText = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

/** A value as it is written behind a field's colon: quoted when it has to be. */
export const writtenValue = (text: string): string => (SAFE_VALUE.test(text) ? text : quotedText(text))

/** A free word as it is written, quoted when it has to be. */
export const writtenWord = (text: string): string => (SAFE_WORD.test(text) ? text : quotedText(text))

const OPERATOR = '(?!(?:and|or|not|to)$)'
const SAFE_VALUE = new RegExp(`^${OPERATOR}[\\p{L}\\p{N}_.@-][\\p{L}\\p{N}_.@:/+#%&;,-]*$`, 'iu')
const SAFE_WORD = new RegExp(`^${OPERATOR}[\\p{L}\\p{N}_.@][\\p{L}\\p{N}_.@/+#%&;,-]*$`, 'iu')

/** A field name with what separates names and terms escaped. */
export const writtenName = (segments: readonly string[]): string =>
  segments
    .map((segment) => segment.replace(/[ \t\r\n\u00a0()[\]{}"|:\\.,]/g, '\\$&'))
    .join('.')
    .replace(/^-/, '\\-')

/** A word with wildcards. A free word may not hold a colon, nor look like the beginning of something else. */
export function writtenPattern(pattern: Pattern, place: 'value' | 'word'): string {
  const written = pattern
    .map((piece) => {
      if ('wild' in piece) return piece.wild === 'any' ? '*' : '?'
      return piece.text.replace(place === 'word' ? SPECIAL_IN_WORD : SPECIAL_IN_VALUE, '\\$&')
    })
    .join('')
  return written.replace(/^[-/<>=]/, '\\$&')
}

const SPECIAL_IN_VALUE = /[ \t\r\n\u00a0()[\]{}"|\\*?]/g
const SPECIAL_IN_WORD = /[ \t\r\n\u00a0()[\]{}"|\\*?:]/g

/** A regular expression between slashes; slashes inside are escaped, other escapes stay. */
export const writtenRegex = (source: string): string =>
  `/${source.replace(/\\[\s\S]|\//g, (found) => (found === '/' ? '\\/' : found))}/`
