import type { Pattern, Piece } from './tree.js'

/** The plain text of a word as written: `\` takes the next character as it is, `*` and `?` stay themselves. */
export const unescaped = (written: string): string => written.replace(/\\([\s\S])/g, '$1')

/** The text between the quotes of a phrase; the closing quote may be missing. */
export function phraseText(written: string, isClosed: boolean): string {
  return unescaped(written.slice(1, isClosed ? -1 : undefined))
}

/** The source between the slashes; `\/` is a slash, every other escape belongs to the regular expression. */
export const regexSource = (written: string, isClosed: boolean): string =>
  written.slice(1, isClosed ? -1 : undefined).replace(/\\([\s\S])/g, (both, next) => (next === '/' ? '/' : both))

/** A word as written, split at its unescaped wildcards. Neighbouring `*` are one. */
export function patternOf(written: string): Pattern {
  const pieces: Piece[] = []
  let text = ''
  const endText = () => {
    if (text !== '') pieces.push({ text })
    text = ''
  }
  for (let i = 0; i < written.length; i++) {
    const char = written[i]!
    if (char === '\\' && i + 1 < written.length) text += written[++i]
    else if (char === '*' || char === '?') {
      endText()
      const wild = char === '*' ? 'any' : 'one'
      if (wild === 'one' || !isStar(pieces.at(-1))) pieces.push({ wild })
    } else text += char
  }
  endText()
  return pieces
}

/** The segments of a field name as written: split at unescaped dots. */
export function nameSegments(written: string): string[] {
  const segments: string[] = []
  let segment = ''
  for (let i = 0; i < written.length; i++) {
    const char = written[i]!
    if (char === '.') {
      segments.push(segment)
      segment = ''
    } else segment += char === '\\' && i + 1 < written.length ? written[++i] : char
  }
  return [...segments, segment]
}

/** A pattern for free text: found anywhere, so `*` at its ends says nothing. */
export function withoutOuterStars(pattern: Pattern): Pattern {
  return pattern.slice(isStar(pattern[0]) ? 1 : 0, pattern.length > 1 && isStar(pattern.at(-1)) ? -1 : undefined)
}

const isStar = (piece: Piece | undefined) => piece !== undefined && 'wild' in piece && piece.wild === 'any'
