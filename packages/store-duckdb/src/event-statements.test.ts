import { ask } from '@tidemark/store/testing'
import { expect, test } from 'vitest'
import { conditionOf, figuresStatement } from './event-statements.js'
import { earliestAsked } from './time-since.js'

const id = '019419f3-8c00-7000-8000-00000000002a'

test.each([
  ['service:audit AND action:auth.*', `(lower(service) = $1 AND starts_with(action, $2))`, ['audit', 'auth.']],
  ['tenant:acme', `'acme' = $1`, ['acme']],
  ['index:<5', 'leaf < $1::BIGINT', [5n]],
  ['actor_ip:10.0.0.1', 'ip_key = $1', ['00000000000000000000ffff0a000001']],
  ['received_at:>=2025-01-01', 'received_at * 1000000 >= $1::BIGINT', [1735689600000000000n]],
  [`id:${id}`, `id IN (CAST($2 AS UUID)) AND CAST(id AS VARCHAR) = $1`, [id, id]],
  ['id:0194', 'CAST(id AS VARCHAR) = $1', ['0194']],
])('%s is said of the columns', (text, sql, params) => {
  expect(conditionOf(ask(text), 'acme')).toEqual({ sql, params })
})

test('lists are opened only where there are some', () => {
  expect(conditionOf(ask('targets.id:r-1'), 'acme').sql).toMatch(/^\(targets IS NOT NULL AND /)
  expect(conditionOf(ask('actor_roles:*'), 'acme').sql).toMatch(/^\(actor_roles IS NOT NULL AND /)
})

test('an id helps only where every match must have it', () => {
  const sqlOf = (text: string) => conditionOf(ask(text), 'acme').sql
  expect(sqlOf(`outcome:denied AND id:(${id} OR ${id.replace('2a', '2b')})`)).toMatch(/^id IN \(CAST.*, CAST/)
  expect(sqlOf(`outcome:denied OR id:${id}`)).not.toContain('id IN')
  expect(sqlOf(`NOT id:${id}`)).not.toContain('id IN')
})

test('text is looked for only where it can stand', () => {
  const sqlOf = (text: string) => conditionOf(ask(text), 'acme').sql
  expect(sqlOf('"two words"')).not.toMatch(/CAST\(id AS VARCHAR\)|trace_id|contains\(action/)
  expect(sqlOf('role.update OR zebra')).toMatch(/contains\(action, \$\d+\).*contains\(action/)
  expect(sqlOf('NOT 0194a')).toMatch(/CAST\(id AS VARCHAR\).*trace_id/)
})

test('figures are taken of what the question may see, values never stand in the text', () => {
  const { sql, params } = figuresStatement(ask(`actor_id:"o'clock" | top 3 details.a`), 'acme/_audit', null)
  expect(sql).toContain('FROM (SELECT * FROM sight WHERE lower(actor_id) = $1)')
  expect(sql).not.toContain('clock')
  expect(params[0]).toBe("o'clock")
})

test('days of a zone know only the clock changes that matter', () => {
  const query = ask('time:>2d | count by time 1d', 'Europe/Berlin')
  const changes = (earliestNs: bigint | null) =>
    figuresStatement(query, 'acme', earliestNs).sql.match(/WHEN/g)?.length ?? 0
  expect(changes(null)).toBeGreaterThan(50)
  expect(changes(earliestAsked(query.where))).toBeLessThan(5)
  expect(earliestAsked(ask('outcome:denied AND time:>2d AND time:>1d').where)).toBe(1740830400000000000n)
  expect(earliestAsked(ask('outcome:denied OR time:>2d').where)).toBeNull()
})
