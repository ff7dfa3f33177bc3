import { expect, test } from 'vitest'
import { bindQuery } from './bind-query.js'
import { explain } from './explain.js'
import { parseQuery } from './parse-query.js'

const inBerlin = { now: new Date('2025-03-01T12:00:00Z'), zone: 'Europe/Berlin' }

test.each([
  ['', 'All events.'],
  [
    'service:audit AND action:auth.* AND time:>90d',
    'Events where service is "audit", action starts with "auth." and time is within the last 90 days (since 2024-12-01 13:00 Europe/Berlin).',
  ],
  [
    'service:audit AND time:2025-01-15 AND (outcome:failure OR outcome:denied)',
    'Events where service is "audit", time is in 2025-01-15 (Europe/Berlin) and outcome is "failure" or "denied".',
  ],
  ['time:>1d', 'Events where time is within the last day (since 2025-02-28 13:00 Europe/Berlin).'],
  ['time:<2h', 'Events where time is more than 2 hours ago (before 2025-03-01 11:00 Europe/Berlin).'],
  [
    'time:[2025-01-01 TO 2025-02-01}',
    'Events where time is from 2025-01-01 00:00 Europe/Berlin and before 2025-02-01 00:00 Europe/Berlin.',
  ],
  ['-outcome:success', 'Events where outcome is not "success".'],
  ['NOT actor_role:*', 'Events where actor_role has no value.'],
  [
    'NOT (a b)',
    'Events where it is not so that (any text of the event contains "a" and any text of the event contains "b").',
  ],
  ['action:*.update OR action:a?c*', 'Events where action ends with ".update" or action looks like "a?c*".'],
  ['actor_ip:10.0.0.0/8', 'Events where actor_ip is from 10.0.0.0 to 10.255.255.255.'],
  ['details.amount:[1 TO 5}', 'Events where details.amount is at least 1 and less than 5.'],
  ['actor_roles:admin', 'Events where actor_roles has "admin".'],
  ['action:/^auth/', 'Events where action fits the regular expression /^auth/.'],
  ['approval_required:true', 'Events where approval_required is true.'],
  [
    'outcome:denied | count by time 1d, actor_id',
    'How many events where outcome is "denied", by each day of time and actor_id.',
  ],
  ['| distinct actor_id', 'The different values of actor_id among all events.'],
  ['| top 10 actor_id', 'The 10 most frequent values of actor_id among all events.'],
  ['outcome:denied | last by actor_id', 'The last of events where outcome is "denied" for each actor_id.'],
])('%s is explained', (text, sentence) => {
  expect(explain(bindQuery(parseQuery(text).query, inBerlin))).toBe(sentence)
})
