import { fold } from './fold.js'
import type { Pattern } from './tree.js'

export const foldedPattern = (pattern: Pattern): Pattern =>
  pattern.map((piece) => ('text' in piece ? { text: fold(piece.text) } : piece))

/**
 * What a pattern is in simple terms: a text at the start, the end or anywhere; null when only a general match will do.
 *
 * A pattern without text pieces has none of these forms.
 */
export function simpleForm(pattern: Pattern): { at: 'start' | 'end' | 'anywhere' | 'whole'; text: string } | null {
  const [first, second, third] = pattern
  if (!first || pattern.length > 3) return null
  if ('text' in first) {
    if (!second) return { at: 'whole', text: first.text }
    return isAny(second) && !third ? { at: 'start', text: first.text } : null
  }
  if (!isAny(first) || !second || !('text' in second)) return null
  if (!third) return { at: 'end', text: second.text }
  return isAny(third) ? { at: 'anywhere', text: second.text } : null
}

/** The pattern as the source of a regular expression for a folded text, without anchors. `.` must fit line breaks. */
export const patternSource = (pattern: Pattern): string =>
  pattern.map((piece) => ('text' in piece ? quoted(piece.text) : piece.wild === 'any' ? '.*' : '.')).join('')

const quoted = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

const isAny = (piece: Pattern[number]) => 'wild' in piece && piece.wild === 'any'
