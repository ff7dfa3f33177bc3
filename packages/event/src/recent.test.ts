import { expect, test } from 'vitest'
import { Recent } from './recent.js'

/** Remembers up to ten texts, and which it was asked to compute. */
function counted() {
  const computed: string[] = []
  const recent = new Recent<string | undefined>(10, 5)
  const ask = (text: string) =>
    recent.of(text, (key) => {
      computed.push(key)
      return key === 'none' ? undefined : key.toUpperCase()
    })
  return { ask, computed }
}

test('an answer is computed once, undefined too', () => {
  const { ask, computed } = counted()
  expect([ask('a'), ask('a'), ask('none'), ask('none')]).toEqual(['A', 'A', undefined, undefined])
  expect(computed).toEqual(['a', 'none'])
})

test('what is asked for stays while others come and go', () => {
  const { ask, computed } = counted()
  for (let i = 0; i < 1000; i++) {
    ask('kept')
    ask(`n${i}`)
  }
  expect(computed.filter((key) => key === 'kept')).toHaveLength(1)
})

test('no more than its entries are held, the oldest go first', () => {
  const { ask, computed } = counted()
  for (let i = 0; i < 11; i++) ask(`n${i}`)
  ask('n0')
  expect(computed.filter((key) => key === 'n0')).toHaveLength(2)
  ask('n10')
  expect(computed.filter((key) => key === 'n10')).toHaveLength(1)
})

test('a long text is answered and not remembered', () => {
  const { ask, computed } = counted()
  expect([ask('longer'), ask('longer')]).toEqual(['LONGER', 'LONGER'])
  expect(computed).toEqual(['longer', 'longer'])
})
