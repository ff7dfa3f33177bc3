import { expect, test } from 'vitest'
import { bindQuery } from './bind-query.js'
import { duckdbDialect } from './dialect-duckdb.js'
import { parseQuery } from './parse-query.js'
import { printSql } from './print-sql.js'

const context = { now: new Date('2025-03-01T12:00:00Z'), zone: 'UTC' }
const dialect = duckdbDialect({
  column: ({ path }) => ({ kind: 'value', sql: path.replace('.', '_') }),
})

test.each([
  [
    'service:audit AND action:auth.* AND time:>90d',
    `(lower(source_service) = $1 AND starts_with(action, $2) AND time >= $3::BIGINT)`,
  ],
  [
    'service:audit AND action:*.update AND resource_type:role',
    `(lower(source_service) = $1 AND suffix(action, $2) AND lower(resource_type) = $3)`,
  ],
  ['service:audit AND outcome:denied', `(lower(source_service) = $1 AND outcome = $2)`],
  ['service:audit AND actor_role:admin', `(lower(source_service) = $1 AND lower(actor_role) = $2)`],
  [
    'service:audit AND time:2025-01-15 AND (outcome:failure OR outcome:denied)',
    `(lower(source_service) = $1 AND (time >= $2::BIGINT AND time < $3::BIGINT) AND outcome IN ($4, $5))`,
  ],
])('the guides’ query %s is understood word for word', (text, sql) => {
  const { query, problems } = parseQuery(text)
  expect(problems).toEqual([])
  expect(printSql(bindQuery(query, context), dialect).sql).toBe(sql)
})
