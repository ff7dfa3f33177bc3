import { readFileSync } from 'node:fs'
import { fields } from '@tidemark/event'
import { describe, expect, test } from 'vitest'
import { bindQuery } from './bind-query.js'
import { formatQuery } from './format-query.js'
import { freeTextPaths } from './free-text.js'
import { limits } from './limits.js'
import { parseQuery } from './parse-query.js'
import { QueryError } from './problem.js'

const page = readFileSync(new URL('../../../docs/query-language.md', import.meta.url), 'utf8')
const context = { now: new Date('2025-03-01T12:00:00Z'), zone: 'UTC' }

/** The lines of the page's code blocks of a kind. */
const linesOf = (kind: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n(.*?)^\`\`\``, 'gms'))].flatMap(([, block]) =>
    block!.trimEnd().split('\n'),
  )

test.each(linesOf('query'))('the page’s example %s is understood', (text) => {
  const { query, problems } = parseQuery(text)
  expect(problems).toEqual([])
  expect(() => bindQuery(query, context)).not.toThrow()
})

test('the table at a glance is understood', () => {
  const rows = page.slice(page.indexOf('## At a glance'), page.indexOf('## Fields and values'))
  const examples = [...rows.matchAll(/^\| `(.+?)` \|/gm)].map(([, text]) =>
    text!.replaceAll('\\|', '|').replace('… ', ''),
  )
  expect(examples.length).toBe(17)
  for (const text of examples) expect(() => bindQuery(parseQuery(text).query, context), text).not.toThrow()
})

describe('what the page calls wrong', () => {
  const lines = linesOf('query-wrong')
  const cases = lines.flatMap((text, i) => (text.startsWith(' ') ? [] : [[text, lines[i + 1]!.trim()] as const]))
  test.each(cases)('%s', (text, said) => {
    const problemsOf = () => {
      try {
        bindQuery(parseQuery(text).query, context)
      } catch (error) {
        if (error instanceof QueryError) return error.problems
      }
      return []
    }
    const [problem] = problemsOf()
    expect(`column ${problem?.column}: ${problem?.message}`).toBe(said)
  })
})

test('the first line on precedence means the second', () => {
  const [first, second] = linesOf('query').filter(
    (line) => line.includes('actor_role:admin') && line.startsWith('outcome:denied OR'),
  )
  expect(formatQuery(parseQuery(first!).query)).toBe(formatQuery(parseQuery(second!).query))
})

test('the limits are those of the code', () => {
  const section = page.slice(page.indexOf('## Limits'), page.indexOf('## All fields')).replaceAll(',', '')
  for (const limit of Object.values(limits)) expect(section).toMatch(new RegExp(`\\b${limit}\\b`))
})

test('every field is listed', () => {
  const table = page.slice(page.indexOf('## All fields'), page.indexOf('## Exactly'))
  const rows = fields.map(
    ({ alias, path, type }) => `| ${alias === undefined ? '' : `\`${alias}\``} | \`${path}\` | ${kinds[type]} |`,
  )
  expect(table.trim().split('\n').slice(4)).toEqual(rows)
})

const kinds = {
  keyword: 'a word',
  text: 'running text',
  number: 'a number',
  time: 'a time',
  ip: 'an address',
  boolean: 'true or false',
  array: 'several words',
  object: 'anything',
}

test('the page tells where a free word is looked for', () => {
  expect(freeTextPaths.length).toBe(19)
  const section = page.slice(page.indexOf('## Words without a field'), page.indexOf('## And, or, not'))
  for (const word of [
    'event',
    'actor',
    'on behalf of',
    'resource',
    'targets',
    'request',
    'session',
    'trace',
    'e-mail',
    'service',
    'action',
    'error code',
    'message',
    '`details`',
  ])
    expect(section).toContain(word)
})
