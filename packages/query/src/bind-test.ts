import { bindAddress } from './bind-address.js'
import { bindNumber } from './bind-number.js'
import { bindTimeTest } from './bind-time.js'
import type { BoundExpr, BoundField, Wanted } from './bound.js'
import { fold } from './fold.js'
import { numberText } from './json-text.js'
import { knownValues } from './known-values.js'
import { parseNumber } from './number-value.js'
import { foldedPattern } from './pattern.js'
import type { Problems } from './problem.js'
import { compileRegex, isFault } from './regex.js'
import type { Clock } from './time-value.js'
import type { Test } from './tree.js'
import { wildcardMatcher } from './wildcard.js'

/** What a test means for a field of its type; a test that does not fit adds a problem and counts as `all`. */
export function bindTest(field: BoundField, test: Test, clock: Clock, problems: Problems): BoundExpr {
  if (test.kind === 'exists') return { kind: 'exists', field }
  if (field.type === 'json' && field.keys.length === 0) {
    const message = `"${field.name}" holds many values: name one of them, ${field.name}.something:value.`
    problems.add('bad_value', test.span, `${field.name}.something`, message)
    return NOTHING
  }
  switch (field.type) {
    case 'time':
      return bindTimeTest(field, test, clock, problems) ?? NOTHING
    case 'number':
      return bindNumber(field, test, problems) ?? NOTHING
    case 'ip':
      return bindAddress(field, test, problems) ?? NOTHING
    case 'boolean':
      return bindBoolean(field, test, problems) ?? NOTHING
    default:
      return bindWords(field, test, problems) ?? NOTHING
  }
}

const NOTHING: BoundExpr = { kind: 'all' }

function bindWords(field: BoundField, test: Test, problems: Problems): BoundExpr | null {
  switch (test.kind) {
    case 'is':
      checkKnownValue(field, test, problems)
      if (field.type === 'text') return { kind: 'text', fields: [field], pattern: [{ text: fold(test.text) }] }
      return { kind: 'equals', field, values: [wanted(field, test.text)] }
    case 'like': {
      const pattern = foldedPattern(test.pattern)
      const known = knownValues[field.path]
      const fits = wildcardMatcher(pattern, 'whole')
      if (known && !known.some((value) => fits(value))) {
        problems.add(
          'bad_value',
          test.span,
          known.join(', '),
          `No value of "${field.name}" fits. It is one of ${known.join(', ')}.`,
        )
      }
      return { kind: 'like', field, pattern }
    }
    case 'regex':
      return bindRegex(field, test, problems)
    case 'compare':
    case 'range':
      if (field.type === 'json') return bindNumber(field, test, problems)
      problems.add(
        'bad_value',
        test.span,
        'a word',
        `"${field.name}" holds words, and only numbers and times can be compared. Use a word, a wildcard (${field.name}:a*) or quotes.`,
      )
      return null
    default:
      return null
  }
}

/** `1.0` also means the number 1, whose own word is `1`. */
function wanted(field: BoundField, text: string): Wanted {
  const number = field.type === 'json' ? parseNumber(text) : null
  return { text: fold(text), number: number === null || numberText(number) === text ? null : number }
}

function checkKnownValue(field: BoundField, test: Test & { kind: 'is' }, problems: Problems): void {
  const known = knownValues[field.path]
  if (!known || known.includes(fold(test.text))) return
  const list = known.join(', ')
  problems.add('bad_value', test.span, list, `"${test.text}" is not a value of "${field.name}". It is one of ${list}.`)
}

function bindRegex(field: BoundField, test: Test & { kind: 'regex' }, problems: Problems): BoundExpr | null {
  const compiled = compileRegex(test.source)
  if (!isFault(compiled)) return { kind: 'regex', field, source: test.source }
  const from = compiled.at === null ? test.span.from : Math.min(test.span.from + 1 + compiled.at, test.span.to)
  const message = `The regular expression cannot be read: ${compiled.message}`
  problems.add('bad_value', { from, to: test.span.to }, 'a regular expression in RE2 syntax', message)
  return null
}

function bindBoolean(field: BoundField, test: Test, problems: Problems): BoundExpr | null {
  const value = test.kind === 'is' ? fold(test.text) : ''
  if (value === 'true' || value === 'false') return { kind: 'boolean', field, value: value === 'true' }
  problems.add('bad_value', test.span, 'true or false', `"${field.name}" is either true or false.`)
  return null
}
