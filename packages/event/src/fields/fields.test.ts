import { expect, test } from 'vitest'
import { fields, findField, suggestField } from './fields.js'

test.each([
  ['actor.id', 'actor.id'],
  ['actor_id', 'actor.id'],
  ['ACTOR_ID', 'actor.id'],
  ['client.userAgent', 'client.userAgent'],
  ['client.useragent', 'client.userAgent'],
  ['client.user_agent', 'client.userAgent'],
  ['business.customer_id', 'business.customerId'],
  ['received_at', 'receivedAt'],
  ['receivedAt', 'receivedAt'],
  ['service', 'source.service'],
  ['previous_state.role', 'change.previous.role'],
  ['new_state.Role.Name', 'change.next.Role.Name'],
  ['details.geo.country', 'details.geo.country'],
  ['Details.Geo.Country', 'details.Geo.Country'],
  ['labels.team', 'labels.team'],
  ['error_code', 'error.code'],
])('%s means %s', (name, path) => {
  expect(findField(name)?.path).toBe(path)
})

test.each(['', 'actor', 'actor.', 'details.', 'nick', 'actor_id.x', 'change', 'constructor', '__proto__'])(
  '%s is no field',
  (name) => {
    expect(findField(name)).toBeUndefined()
  },
)

test('no name means two fields', () => {
  const names = fields.flatMap(({ path, alias }) => [...new Set([path.toLowerCase(), alias ?? path.toLowerCase()])])
  expect(new Set(names).size).toBe(names.length)
  for (const { path, alias } of fields) {
    if (path.includes('*')) continue
    expect(findField(path)?.path).toBe(path)
    if (alias) expect(findField(alias)?.path).toBe(path)
  }
})

test.each([
  ['actorid', 'actor_id'],
  ['actr_id', 'actor_id'],
  ['resource_typ', 'resource_type'],
  ['outcom', 'outcome'],
  ['sesion_id', 'session_id'],
])('instead of %s one may have meant %s', (name, meant) => {
  expect(suggestField(name)).toBe(meant)
})

test('nothing is suggested for what is like nothing', () => {
  expect(suggestField('xylophone')).toBeUndefined()
  expect(suggestField('x'.repeat(100_000))).toBeUndefined()
})
