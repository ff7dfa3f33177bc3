import { eventSchema, fields } from '@tidemark/event'
import { bindField } from '@tidemark/query'
import { expect, test } from 'vitest'
import { columns } from './columns.js'
import { eventTable } from './event-table.js'

type Schema = {
  readonly $ref?: string
  readonly properties?: Record<string, Schema>
  readonly $defs?: Record<string, Schema>
}
const schema = eventSchema as Schema

/** The path of every value of the schema; lists and open objects are one value. */
function leaves(part: Schema, path: readonly string[] = []): string[] {
  const { properties } = part.$ref ? schema.$defs![part.$ref.split('/').at(-1)!]! : part
  if (!properties) return [path.join('.')]
  return Object.entries(properties).flatMap(([name, inner]) => leaves(inner, [...path, name]))
}

test('every value of the event has a column', () => {
  const held = new Set(columns.map(({ path }) => path.join('.')))
  expect(leaves(schema).filter((path) => !held.has(path))).toEqual([])
})

test('every column has a name and a place of its own', () => {
  expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length)
  expect(new Set(columns.map(({ part, path }) => `${part} ${path.join('.')}`)).size).toBe(columns.length)
})

test('every field of the query language is found in the table', () => {
  const { column } = eventTable('acme')
  for (const { path } of fields) expect(column(bindField(path.replace('.*', '.x'))!).sql, path).not.toBe('')
})
