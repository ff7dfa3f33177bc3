import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Pattern } from './tree.js'
import { wildcardMatcher } from './wildcard.js'
import { patternOf } from './written-text.js'

/** The obvious, slow way. */
function reference(pattern: Pattern, extent: 'whole' | 'anywhere', text: string): boolean {
  const source = pattern
    .map((piece) =>
      'text' in piece ? piece.text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : piece.wild === 'any' ? '.*' : '.',
    )
    .join('')
  return new RegExp(extent === 'whole' ? `^(?:${source})$` : source, 'su').test(text)
}

const anyText = fc.array(fc.constantFrom('a', 'b', '😀', '\n', 'ab'), { maxLength: 8 }).map((parts) => parts.join(''))
const anyWritten = fc
  .array(fc.constantFrom('a', 'b', '*', '?', '😀', 'ab'), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''))

test.each(['whole', 'anywhere'] as const)('a pattern fits %s as a regular expression would', (extent) => {
  fc.assert(
    fc.property(anyWritten, anyText, (written, text) => {
      const pattern = patternOf(written)
      expect(wildcardMatcher(pattern, extent)(text), `${written} ${text}`).toBe(reference(pattern, extent, text))
    }),
    { numRuns: 3000 },
  )
})

describe('a hostile pattern', () => {
  test('takes time in proportion to pattern and text', () => {
    const fits = wildcardMatcher(patternOf(`${'*a'.repeat(100)}*b`), 'whole')
    const start = performance.now()
    expect(fits('a'.repeat(8192))).toBe(false)
    expect(performance.now() - start).toBeLessThan(200)
  })
})
