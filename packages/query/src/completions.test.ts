import { expect, test } from 'vitest'
import { completions } from './completions.js'

/** The options at `¦`. */
function at(marked: string, values?: readonly string[]) {
  const offset = marked.indexOf('¦')
  return completions(marked.replace('¦', ''), offset, values ? { values } : {})
}
const texts = (marked: string, values?: readonly string[]) => at(marked, values).options.map(({ text }) => text)

test('a query begins with a field, or with NOT', () => {
  expect(texts('¦')).toContain('actor_id:')
  expect(texts('¦').at(-1)).toBe('NOT')
  expect(texts('outc¦')).toEqual(['outcome:'])
  expect(texts('a AND (outc¦')).toEqual(['outcome:'])
  expect(texts('-outc¦')).toEqual(['outcome:'])
  expect(texts('deta¦')).toEqual(['details.'])
})

test('after a term come operators and further terms', () => {
  expect(texts('outcome:denied ¦').slice(0, 4)).toEqual(['AND', 'OR', '|', 'NOT'])
  expect(texts('outcome:denied A¦')).toContain('AND')
  expect(texts('outcome:denied A¦')).toContain('action:')
  expect(texts('(a b) ¦')).toContain('OR')
})

test('a field with known values offers them', () => {
  expect(texts('outcome:¦')).toEqual(['success', 'failure', 'denied', '*'])
  expect(texts('outcome:d¦')).toEqual(['denied'])
  expect(texts('outcome:(failure OR d¦')).toEqual(['denied'])
  expect(texts('outcome:(failure ¦')).toEqual(['OR', ')'])
  expect(texts('approval_required:¦')).toEqual(['true', 'false', '*'])
  expect(texts('time:¦')).toContain('>90d')
  expect(texts('time:[2025-01-01 ¦')).toEqual(['TO'])
})

test('values of other fields come from the store, quoted where they must be', () => {
  const place = at('actor_role:ad¦min OR x')
  expect(place).toMatchObject({ from: 11, to: 16, prefix: 'ad', field: { path: 'actor.role' } })
  expect(texts('actor_role:ad¦', ['admin', 'Ad hoc', 'guest'])).toEqual(['admin', '"Ad hoc"'])
  expect(texts('actor_role:"Ad ¦', ['Ad hoc'])).toEqual(['"Ad hoc"'])
  expect(at('details.geo.country:D¦').field).toMatchObject({ path: 'details', keys: ['geo', 'country'] })
})

test('a pipe is led from word to word', () => {
  expect(texts('a | ¦')).toContain('count by')
  expect(texts('a | co¦')).toEqual(['count by', 'count by time 1d', 'count'])
  expect(texts('a | count ¦')).toEqual(['by'])
  expect(texts('a | count by outc¦')).toEqual(['outcome'])
  expect(texts('a | count by outcome, actor_ro¦')).toEqual(['actor_role', 'actor_roles'])
  expect(texts('a | count by time ¦')).toContain('1d')
  expect(texts('a | top ¦')).toEqual(['10'])
  expect(texts('a | top 10 actor_i¦')).toEqual(['actor_id', 'actor_ip'])
})

test('nothing is offered inside a quoted text or for an unknown field', () => {
  expect(texts('"outc¦')).toEqual([])
  expect(texts('nonsense:¦')).toEqual([])
})

test('any place of any text has an answer', () => {
  const text = 'a AND outcome:(x OR [1 TO 2] "b | count by time 1d, \\'
  for (let offset = 0; offset <= text.length; offset++)
    expect(completions(text, offset).from).toBeLessThanOrEqual(offset)
})
