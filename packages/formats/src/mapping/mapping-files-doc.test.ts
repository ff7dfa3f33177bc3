import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { compileMapping } from './compile-mapping.js'

const page = readFileSync(new URL('../../../../docs/mapping-files.md', import.meta.url), 'utf8')
const blocks = (kind: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n(.*?)^\`\`\``, 'gms'))].map(([, block]) => block!)

test('the first file of the page makes of its record the event it shows', () => {
  const [file] = blocks('yaml')
  const [record, event] = blocks('json')
  const compiled = compileMapping(file!)
  if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems))
  const mapped = compiled.mapper.map(record!.trim())
  expect('event' in mapped && mapped.event).toEqual(JSON.parse(event!))
})

test.each(blocks('yaml-rules'))('the rules can be used: %s', (rules) => {
  const required = { action: 'a.b', outcome: 'success', 'actor.id': 'a', 'resource.type': 't', 'resource.id': 'r' }
  const file = { 'tidemark-mapping': 1, name: 'acme.app', event: { ...required, ...parse(rules) } }
  expect(compileMapping(stringify(file, { aliasDuplicateObjects: false }))).toHaveProperty('mapper')
})

test('the mistake it shows is told like that', () => {
  const [line, column, message] = /billing-mapping\.yaml:(\d+):(\d+) (.*)/.exec(page)!.slice(1)
  const text =
    'tidemark-mapping: 1\nname: a.b\nevent:\n  action: a.b\n  outcome: success\n  actor.id: a\n  resource.type: t\n  resource.id: r\n  actr.id: x\n'
  expect(compileMapping(text)).toEqual({ problems: [{ line: Number(line), column: Number(column), message }] })
})
