import { expect, test } from 'vitest'
import { bindQuery } from './bind-query.js'
import { duckdbDialect } from './dialect-duckdb.js'
import { parseQuery } from './parse-query.js'
import { printPipeSql } from './print-pipe-sql.js'
import { printSql } from './print-sql.js'

const dialect = duckdbDialect({
  column({ path, type }) {
    if (type === 'json') return { kind: 'json', sql: path }
    if (type === 'list') return { kind: 'list', sql: path.replace('.', '_') }
    return { kind: 'value', sql: path.replace('.', '_') }
  },
  haystack: (fields) => (fields.length > 3 ? 'haystack' : undefined),
})
const boundOf = (text: string) =>
  bindQuery(parseQuery(text).query, { now: new Date('2025-03-01T12:00:00Z'), zone: 'UTC' })

test.each([
  ['', 'TRUE', []],
  ['outcome:denied', 'outcome = $1', ['denied']],
  ['actor_role:Admin', 'lower(actor_role) = $1', ['admin']],
  ['outcome:(failure OR denied)', 'outcome IN ($1, $2)', ['failure', 'denied']],
  ['-outcome:success', 'NOT coalesce(outcome = $1, FALSE)', ['success']],
  ['action:auth.*', 'starts_with(action, $1)', ['auth.']],
  ['action:*.update', 'suffix(action, $1)', ['.update']],
  ['action:*auth*', 'contains(action, $1)', ['auth']],
  ['action:a?c*', 'regexp_matches(action, $1)', [String.raw`(?s)\A(a.c.*)\z`]],
  ['action:a.*b', 'regexp_matches(action, $1)', [String.raw`(?s)\A(a\..*b)\z`]],
  ['action:/^auth/', 'regexp_matches(action, $1)', ['(?is)(^auth)']],
  ['session_id:*', 'session_id IS NOT NULL', []],
  ['time:2025-01-15', '(time >= $1::BIGINT AND time < $2::BIGINT)', [1736899200000000000n, 1736985600000000000n]],
  ['time:>90d', 'time >= $1::BIGINT', [1733054400000000000n]],
  ['index:[5 TO 9}', '(index >= $1::BIGINT AND index < $2::BIGINT)', [5n, 9n]],
  ['approval_required:true', 'approval_required = TRUE', []],
  ['actor_ip:10.0.0.1', 'client_ip = $1', ['00000000000000000000ffff0a000001']],
  [
    'actor_ip:10.0.0.0/8',
    '(client_ip >= $1 AND client_ip <= $2)',
    ['00000000000000000000ffff0a000000', '00000000000000000000ffff0affffff'],
  ],
  ['actor_roles:admin', 'len(list_filter(actor_roles, lambda v: lower(v) = $1)) > 0', ['admin']],
  ['actor_roles:*', 'len(actor_roles) > 0', []],
  ['message:Failed', 'contains(lower(message), $1)', ['failed']],
  ['Failed', 'contains(haystack, $1)', ['failed']],
])('%s', (text, sql, params) => {
  expect(printSql(boundOf(text), dialect)).toEqual({ sql, params })
})

test('a value in details is read as it is, and only then as a list', () => {
  expect(printSql(boundOf('details.geo.country:DE'), dialect)).toEqual({
    sql: [
      'CASE WHEN NOT contains(details::VARCHAR, $1) THEN FALSE',
      'WHEN NOT contains(lower(details::VARCHAR), $2) THEN FALSE',
      `WHEN json_type(details, $3) NOT IN ('OBJECT', 'ARRAY', 'NULL') THEN lower(json_extract_string(details, $3)) = $2`,
      `ELSE len(list_filter(flatten(list_transform(list_transform(flatten(list_transform([json_extract(details, $4)], lambda e:`,
      `CASE json_type(e) WHEN 'ARRAY' THEN json_extract(e, '$[*]') WHEN 'NULL' THEN [] ELSE [e] END)), lambda n: json_extract(n, $5)), lambda e:`,
      `CASE json_type(e) WHEN 'ARRAY' THEN json_extract(e, '$[*]') WHEN 'NULL' THEN [] ELSE [e] END)), lambda v:`,
      `lower(CASE WHEN json_type(v) NOT IN ('OBJECT', 'ARRAY', 'NULL') THEN json_extract_string(v, '$') END) = $2)) > 0 END`,
    ].join(' '),
    params: ['"country":', 'de', '/geo/country', '/geo', '/country'],
  })
})

test('no value of a query stands in its SQL', () => {
  const hostile = `x'; DROP TABLE events; --`
  const text = [
    `actor_id:"${hostile}"`,
    `details.${hostile.replace(/[ ;:]/g, '\\$&')}:"${hostile}"`,
    `"${hostile}"`,
    `actor_roles:"${hostile}"`,
    `action:/${hostile}/`,
  ].join(' OR ')
  const { sql, params } = printSql(boundOf(text), dialect)
  expect(sql).not.toContain('DROP')
  expect(params.filter((param) => String(param).includes('drop')).length).toBeGreaterThan(0)
})

test('a condition joins others: its parameters are numbered from where they end', () => {
  expect(printSql(boundOf('outcome:denied actor_role:x'), dialect, 3).sql).toBe(
    '(outcome = $3 AND lower(actor_role) = $4)',
  )
})

test.each([
  ['| count', 'SELECT count(*) AS n FROM (SELECT 1 FROM e) ORDER BY n DESC'],
  [
    '| count by action, outcome',
    'SELECT k0, k1, count(*) AS n FROM (SELECT action AS k0, outcome AS k1 FROM e) GROUP BY k0, k1 ORDER BY n DESC, k0 ASC NULLS LAST, k1 ASC NULLS LAST',
  ],
  [
    '| count by time 1d',
    'SELECT k0, count(*) AS n FROM (SELECT ((((time // 1000000) + 0) + 172800000) // 86400000 - 2) AS k0 FROM e) GROUP BY k0 ORDER BY k0 ASC NULLS LAST, n DESC',
  ],
  [
    '| distinct actor_id',
    'SELECT DISTINCT k0 FROM (SELECT actor_id AS k0 FROM e) WHERE k0 IS NOT NULL ORDER BY k0 ASC NULLS LAST',
  ],
  [
    '| top 10 actor_id',
    'SELECT k0, count(*) AS n FROM (SELECT actor_id AS k0 FROM e) WHERE k0 IS NOT NULL GROUP BY k0 ORDER BY n DESC, k0 ASC NULLS LAST LIMIT 10',
  ],
  [
    '| top 3 actor_roles',
    'SELECT k0, count(*) AS n FROM (SELECT k0 FROM e, unnest(coalesce(nullif(list_distinct(actor_roles), []), [NULL])) AS u_k0(k0)) WHERE k0 IS NOT NULL GROUP BY k0 ORDER BY n DESC, k0 ASC NULLS LAST LIMIT 3',
  ],
  ['| first', 'SELECT t, id FROM (SELECT time AS t, index AS i, id AS id FROM e) ORDER BY t ASC, i ASC LIMIT 1'],
  [
    '| last by actor_id',
    `SELECT k0, e.t, e.id FROM (SELECT k0, max({'t': t, 'i': i, 'id': id}) AS e FROM (SELECT actor_id AS k0, time AS t, index AS i, id AS id FROM e) WHERE k0 IS NOT NULL GROUP BY k0) ORDER BY e.t DESC, e.i DESC, k0 ASC NULLS LAST`,
  ],
])('%s', (text, sql) => {
  expect(printPipeSql(boundOf(text), dialect, { sql: 'e' }).sql).toBe(sql)
})

test('a pipe gives at most as many rows as are wanted', () => {
  expect(printPipeSql(boundOf('| distinct action'), dialect, { sql: 'e', limit: 7 }).sql).toMatch(/ LIMIT 7$/)
  expect(printPipeSql(boundOf('| top 10 action'), dialect, { sql: 'e', limit: 7 }).sql).toMatch(/ LIMIT 7$/)
  expect(printPipeSql(boundOf('| top 5 action'), dialect, { sql: 'e', limit: 7 }).sql).toMatch(/ LIMIT 5$/)
})
