import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatExpr } from './format-query.js'
import { limits } from './limits.js'
import { parseQuery } from './parse-query.js'
import { parser } from './query.generated.js'

/** The tree in its usual form, which is easier to read than the tree. */
const treeOf = (text: string) => {
  const { query } = parseQuery(text)
  return query.where ? formatExpr(query.where) : ''
}
const problemsOf = (text: string) =>
  parseQuery(text).problems.map(({ column, found, message }) => ({ column, found, message }))

describe('the forms of the language', () => {
  test.each([
    ['a blank is AND', 'outcome:denied actor_role:admin', 'outcome:denied AND actor_role:admin'],
    ['AND binds tighter than OR', 'a:1 OR b:2 AND c:3 OR d:4', 'a:1 OR b:2 AND c:3 OR d:4'],
    ['parentheses change that', '(a:1 OR b:2) AND c:3', '(a:1 OR b:2) AND c:3'],
    ['needless parentheses are dropped', '((a:1) (b:2 c:3))', 'a:1 AND b:2 AND c:3'],
    [
      'a minus is NOT',
      '-a:1 -(b:2 OR c:3) -word -"two words"',
      'NOT a:1 AND NOT (b:2 OR c:3) AND NOT word AND NOT "two words"',
    ],
    ['a minus inside a word is only a minus', 'a-b -c-d', 'a-b AND NOT c-d'],
    ['NOT can be repeated', 'NOT NOT a:1', 'NOT NOT a:1'],
    ['a phrase is exact', 'a:"two words"', 'a:"two words"'],
    ['a phrase has no wildcards', 'a:"x*"', 'a:"x*"'],
    [
      'a backslash takes the next character as it is',
      String.raw`a:x\*\?\ \" "say \"hi\" \\"`,
      String.raw`a:"x*? \"" AND "say \"hi\" \\"`,
    ],
    ['wildcards stand anywhere', 'a:*.update b:x*y c:a?c', 'a:*.update AND b:x*y AND c:a?c'],
    ['a star alone asks for any value', 'a:* NOT b:*', 'a:* AND NOT b:*'],
    ['a set is written once', 'a:(x OR "y z" OR w*)', 'a:(x OR "y z" OR w*)'],
    ['tests of one field join into a set', 'a:x OR a:y', 'a:(x OR y)'],
    ['a set may say AND and NOT', 'a:(x AND NOT y)', 'a:x AND NOT a:y'],
    [
      'a set may hold ranges, comparisons and regular expressions',
      'a:([1 TO 2] OR >5 OR /x/)',
      'a:([1 TO 2] OR >5 OR /x/)',
    ],
    [
      'ranges include or leave out their ends',
      'a:[1 TO 5] b:{1 TO 5} c:[1 TO 5} d:{* TO "x y"]',
      'a:[1 TO 5] AND b:{1 TO 5} AND c:[1 TO 5} AND d:{* TO "x y"]',
    ],
    ['comparisons', 'a:>5 b:>=5 c:<-5 d:<="x"', 'a:>5 AND b:>=5 AND c:<-5 AND d:<=x'],
    [
      'a value may hold colons and slashes',
      'resource_id:arn:aws:s3:::b/k actor_ip:2001:db8::/32',
      'resource_id:arn:aws:s3:::b/k AND actor_ip:2001:db8::/32',
    ],
    ['a value may hold a bar', 'actor_id:auth0|5f7c', 'actor_id:"auth0|5f7c"'],
    ['a regular expression ends at the next slash', String.raw`a:/x\/y (z|w)/ b`, String.raw`a:/x\/y (z|w)/ AND b`],
    [
      'a field is a path, its dots can be escaped',
      String.raw`details.geo.country:DE details.a\.b:1`,
      String.raw`details.geo.country:DE AND details.a\.b:1`,
    ],
    ['a blank after the colon does not matter', 'outcome: denied', 'outcome:denied'],
    ['operators can be values', 'details.state:OR details.state:"AND"', 'details.state:"OR" AND details.state:"AND"'],
    ['stars at the ends of a free word say nothing', '*word* * w*d', 'word AND * AND w*d'],
    ['line breaks are blanks', 'a:1\n\tOR\r\nb:2', 'a:1 OR b:2'],
  ])('%s', (_name, text, canonical) => {
    expect(problemsOf(text)).toEqual([])
    expect(treeOf(text)).toBe(canonical)
  })

  test('an empty query asks for everything', () => {
    expect(parseQuery('  ').query).toMatchObject({ where: null, pipe: null, problems: [] })
  })

  test('every node knows where it stands', () => {
    const { query } = parseQuery('a OR outcome:denied')
    expect(query.where).toMatchObject({
      span: { from: 0, to: 19 },
      parts: [
        { span: { from: 0, to: 1 } },
        { span: { from: 5, to: 19 }, nameSpan: { from: 5, to: 12 }, test: { span: { from: 13, to: 19 } } },
      ],
    })
  })
})

describe('pipes', () => {
  test.each([
    ['count', { kind: 'count', by: [] }],
    [
      'count by action, outcome',
      {
        kind: 'count',
        by: [
          { name: ['action'], interval: null },
          { name: ['outcome'], interval: null },
        ],
      },
    ],
    ['count by time 1d', { kind: 'count', by: [{ name: ['time'], interval: { count: 1, unit: 'd' } }] }],
    ['distinct actor_id', { kind: 'distinct', fields: [{ name: ['actor_id'] }] }],
    ['top 10 details.geo.country', { kind: 'top', limit: 10, field: { name: ['details', 'geo', 'country'] } }],
    ['first', { kind: 'first', by: [] }],
    ['last by actor_id, action', { kind: 'last', by: [{ name: ['actor_id'] }, { name: ['action'] }] }],
  ])('%s', (text, pipe) => {
    expect(parseQuery(`outcome:denied | ${text}`)).toMatchObject({ problems: [], query: { pipe } })
    expect(parseQuery(`|${text}`)).toMatchObject({ problems: [], query: { where: null, pipe } })
  })

  test.each([
    ['|', 2, 'The query ends here, but expected count, distinct, top, first or last.'],
    ['| cuont', 3, 'Found "cuont", but expected count, distinct, top, first or last.'],
    ['| count action', 9, 'Found "action", but expected by.'],
    ['| count by', 11, 'The query ends here, but expected a field name.'],
    ['| count by a,', 14, 'The query ends here, but expected a field name.'],
    [
      '| count by a b',
      14,
      'Found "b", but expected a comma and another field, or a length of time such as 30s, 15m, 1h, 1d, 1w, 1mo or 1y.',
    ],
    ['| top actor_id', 7, 'Found "actor_id", but expected a number from 1 to 1000, as in top 10 actor_id.'],
    ['| top 0 actor_id', 7, 'Found "0", but expected a number from 1 to 1000, as in top 10 actor_id.'],
    ['| top 10', 9, 'The query ends here, but expected a field name.'],
    ['| distinct a b', 14, 'Found "b", but expected the end of the query.'],
    ['a | count | count', 11, 'Found a second "|". Only one pipe is allowed.'],
    ['a || b', 4, 'Found a second "|". Write OR for "either of them".'],
    ['action:x|count by y', 9, 'Put a blank before the "|" of a pipe.'],
  ])('%s is refused at column %i', (text, column, message) => {
    expect(problemsOf(text)).toContainEqual(
      expect.objectContaining({ column: Math.min(column, text.length + 1), message }),
    )
  })
})

const TERM = 'a word, a "phrase", field:value or parentheses'

describe('what is wrong is said in plain words, at its column', () => {
  test.each([
    ['a AND', 6, '', `The query ends here, but expected ${TERM}.`],
    ['OR a', 1, 'OR', `Found "OR", but expected ${TERM}.`],
    ['a OR OR b', 6, 'OR', `Found "OR", but expected ${TERM}.`],
    ['NOT', 4, '', `The query ends here, but expected ${TERM}.`],
    ['(a', 3, '', 'The query ends here, but expected ).'],
    ['a)', 2, ')', `Found ")", but expected ${TERM}. No parenthesis is open here.`],
    ['()', 2, ')', `Found ")", but expected ${TERM}. No parenthesis is open here.`],
    [
      '[a]',
      1,
      '[',
      `Found "[", but expected ${TERM}. Brackets stand only in ranges, field:[1 TO 5]; to search for one, put the words in quotes.`,
    ],
    [
      'outcome:',
      9,
      '',
      'The query ends here, but expected a value, for example field:word, field:"two words", field:auth.* or field:>5.',
    ],
    [
      'outcome: AND a',
      10,
      'AND',
      'Found AND where the value of "outcome:" should stand. To look for the word itself, put it in quotes.',
    ],
    ['a:>', 4, '', 'The query ends here, but expected a value to compare with, for example field:>5 or time:>90d.'],
    ['a:[1 5]', 6, '5', 'Found "5", but expected TO between the two ends, for example [1 TO 5].'],
    ['a:[1 TO', 8, '', 'The query ends here, but expected the upper end of the range, or *.'],
    [
      'a:[1 TO 5',
      10,
      '',
      'The query ends here, but expected ] or } at the end of the range. ] includes the end, } leaves it out.',
    ],
    [
      'a:(x y)',
      6,
      'y',
      'Found "y", but expected ) or OR between the values. Values in parentheses are joined by OR or AND: outcome:(failure OR denied).',
    ],
    ['a:(x OR', 8, '', 'The query ends here, but expected a value.'],
    ['a:()', 4, ')', 'Found ")", but expected a value inside the parentheses.'],
    [':x', 1, ':', 'A ":" needs a field name before it. To search for the text itself, put it in quotes.'],
    ['"a b', 1, '"a b', 'The quote opened here is never closed.'],
    ['a:"b', 3, '"b', 'The quote opened here is never closed.'],
    [
      'a:/b',
      3,
      '/b',
      'The regular expression opened here is never closed with "/". If you mean a path, put it in quotes.',
    ],
    [
      'a:/var/log',
      8,
      'log',
      'Found "log" directly after the term before it. The second "/" ends a regular expression; put a path in quotes.',
    ],
    [
      'a"b"',
      2,
      '"b"',
      `Found '"b"' directly after the term before it. Put a blank between two terms, or quotes around one text.`,
    ],
    ['- a', 1, '-', 'Found a lone "-". Write it directly before the term it excludes, -outcome:success, or write NOT.'],
    [
      'a and b',
      3,
      'and',
      'Found "and". Write AND in capitals to combine terms, or "and" in quotes to search for the word.',
    ],
    ['a:=b', 3, '=', 'A value needs no "=": the colon already means equals.'],
    ['a:b \\', 5, '\\', `Found "\\", but expected ${TERM}.`],
  ])('%s', (text, column, found, message) => {
    expect(problemsOf(text)[0]).toEqual({ column, found, message })
  })

  test('a problem tells what to put in its place when that is certain', () => {
    expect(parseQuery('a and b').problems[0]).toMatchObject({ from: 2, to: 5, suggestion: 'AND' })
    expect(parseQuery('"a').problems[0]).toMatchObject({ from: 0, to: 2, suggestion: '"a"' })
  })
})

test.each([
  ['outcome:denied AND', 'outcome:denied'],
  ['outcome:denied AND (action:auth.* OR', 'outcome:denied AND action:auth.*'],
  ['outcome:denied AND action:', 'outcome:denied'],
  ['outcome:(failure OR ', 'outcome:failure'],
  ['outcome:denied "half a phr', 'outcome:denied AND "half a phr"'],
  ['outcome:denied time:[2025-01-01 TO', 'outcome:denied'],
  ['outcome:denied | cou', 'outcome:denied'],
  ['AND outcome:denied', 'outcome:denied'],
])('half-typed: %s still has a tree', (text, canonical) => {
  expect(parseQuery(text).problems.length).toBeGreaterThan(0)
  expect(treeOf(text)).toBe(canonical)
})

describe('limits', () => {
  const codesOf = (text: string) => parseQuery(text).problems.map(({ code }) => code)

  test('length', () => {
    expect(codesOf('a'.repeat(limits.length))).toEqual([])
    expect(parseQuery('a'.repeat(limits.length + 1))).toMatchObject({
      query: { where: null },
      problems: [{ code: 'too_large', column: 4097 }],
    })
  })

  test('depth', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}a${')'.repeat(depth)}`
    expect(codesOf(nested(limits.depth))).toEqual([])
    expect(codesOf(nested(limits.depth + 1))).toEqual(['too_large'])
    expect(codesOf(`${'NOT '.repeat(limits.depth)}a`)).toEqual([])
    expect(codesOf(`${'-'.repeat(limits.depth + 1)}a`)).toEqual(['too_large'])
    expect(codesOf(`a:${nested(limits.depth)}`)).toEqual([])
    expect(codesOf(`a:${nested(limits.depth + 1)}`)).toEqual(['too_large'])
  })

  test('terms', () => {
    const terms = (count: number) => Array.from({ length: count }, (_, i) => `w${i}`).join(' ')
    expect(codesOf(terms(limits.terms))).toEqual([])
    expect(codesOf(terms(limits.terms + 1))).toEqual(['too_large'])
  })

  test('regular expressions and pipes', () => {
    expect(codesOf(`a:/${'x'.repeat(limits.regexLength)}/`)).toEqual([])
    expect(codesOf(`a:/${'x'.repeat(limits.regexLength + 1)}/`)).toEqual(['too_large'])
    const keys = (count: number) => Array.from({ length: count }, (_, i) => `k${i}`).join(', ')
    expect(codesOf(`| count by ${keys(limits.pipeKeys)}`)).toEqual([])
    expect(codesOf(`| distinct ${keys(limits.pipeKeys + 1)}`)).toEqual(['too_large'])
  })
})

const token = fc.constantFrom(
  'a',
  'b:c',
  'AND',
  'OR',
  'NOT',
  '-',
  '(',
  ')',
  '"',
  '"x"',
  'f:',
  ':',
  '[',
  ']',
  '{',
  '}',
  'TO',
  '>',
  '<=',
  '/',
  '|',
  'count',
  'by',
  ',',
  '*',
  '?',
  '\\',
  '=',
  ' ',
  '\u00a0',
  '\ud800',
  '😀',
)
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join(' ')),
  fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join('')),
)

test('any text is read without an exception, and its problems lie within it', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const { from, to, column, message, expected } of parseQuery(text).problems) {
        expect(from).toBeLessThanOrEqual(to)
        expect(to).toBeLessThanOrEqual(text.length)
        expect(column).toBe(from + 1)
        expect(message.length * expected.length).toBeGreaterThan(0)
      }
    }),
    { numRuns: 2000 },
  )
})

test('a text that does not follow the grammar always has a problem', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      let isBroken = false
      const note = ({ type }: { readonly type: { readonly isError: boolean } }) => {
        isBroken = isBroken || type.isError
      }
      parser.parse(text.replace(/\p{Surrogate}/gu, '?')).iterate({ enter: note })
      if (isBroken) expect(parseQuery(text).problems, text).not.toEqual([])
    }),
    { numRuns: 2000 },
  )
})

test.each(['(', ')', 'a ', '"', '[(:', 'x:(', 'x:[', 'NOT ', '-', ':(', '(a OR ', 'a:/', '|,', '\\'])(
  'garbage of %s is read in time linear in its length',
  (piece) => {
    const timeOf = (length: number) => {
      const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
      const start = performance.now()
      parseQuery(text)
      return performance.now() - start
    }
    timeOf(limits.length)
    const best = Math.min(timeOf(limits.length), timeOf(limits.length), timeOf(limits.length))
    expect(best).toBeLessThan(100)
  },
)
