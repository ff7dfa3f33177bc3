import type { Pattern } from './tree.js'

/** Text and `null` for any one character; between two segments of a pattern there may be anything. */
type Segment = readonly (string | null)[]

/**
 * A test whether a folded text fits a pattern as a whole, or has a place that fits.
 *
 * Leftmost match of segment after segment: at most text length × pattern length steps, whatever the pattern.
 */
export function wildcardMatcher(pattern: Pattern, extent: 'whole' | 'anywhere'): (text: string) => boolean {
  const segments = segmentsOf(extent === 'whole' ? pattern : [{ wild: 'any' }, ...pattern, { wild: 'any' }])
  const [first = [], ...rest] = segments
  const last = rest.pop()
  if (!last) return (text) => matchAt(text, 0, first) === text.length
  return (text) => {
    let at = matchAt(text, 0, first)
    for (const segment of rest) {
      if (at < 0) return false
      at = find(text, at, segment)
    }
    return at >= 0 && endsWith(text, at, last)
  }
}

function segmentsOf(pattern: Pattern): Segment[] {
  const segments: (string | null)[][] = [[]]
  for (const piece of pattern) {
    if ('text' in piece) segments.at(-1)!.push(piece.text)
    else if (piece.wild === 'one') segments.at(-1)!.push(null)
    else segments.push([])
  }
  return segments
}

/** The offset after the segment when it stands at `at`, else -1. */
function matchAt(text: string, at: number, segment: Segment): number {
  let end = at
  for (const piece of segment) {
    if (piece === null) {
      if (end >= text.length) return -1
      end += text.codePointAt(end)! > 0xffff ? 2 : 1
    } else {
      if (!text.startsWith(piece, end)) return -1
      end += piece.length
    }
  }
  return end
}

/** The offset after the first place at or after `from` where the segment stands, else -1. */
function find(text: string, from: number, segment: Segment): number {
  const [only] = segment
  if (segment.length === 1 && typeof only === 'string') {
    const at = text.indexOf(only, from)
    return at < 0 ? -1 : at + only.length
  }
  for (let at = from; at <= text.length; at++) {
    const end = matchAt(text, at, segment)
    if (end >= 0) return end
  }
  return -1
}

function endsWith(text: string, from: number, segment: Segment): boolean {
  const [only] = segment
  if (only === undefined) return true
  if (segment.length === 1 && only !== null) return text.length - only.length >= from && text.endsWith(only)
  for (let at = from; at <= text.length; at++) if (matchAt(text, at, segment) === text.length) return true
  return false
}
