import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { prepareValue } from '@tidemark/event'
import { expect, test } from 'vitest'
import { recordTexts } from '../record-texts.js'
import { cloudtrail } from './cloudtrail.js'

/** Records of others stay out of the repository and may lie beside it; our own of the same shape are in examples/. */
const beside = new URL('../../../../../shared/fixtures', import.meta.url).pathname
const folder = `${process.env.TIDEMARK_FIXTURES ?? beside}/aws-cloudtrail`
const own = new URL('../../../../examples/', import.meta.url).pathname
const files = [
  ...(existsSync(folder) ? readdirSync(folder).map((name) => `${folder}/${name}`) : []),
  ...['cloudtrail.ndjson', 'cloudtrail-delivery.json.gz'].map((name) => own + name),
]

const context = {
  now: Date.parse('2030-01-01T00:00:00Z'),
  origin: 'import' as const,
  newId: () => '01946a5c-3a00-7000-8000-000000000001',
  defaultService: 'audit',
}

function textsOf(file: string): string[] {
  const bytes = readFileSync(file)
  return recordTexts((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'))
}

test.each(files)('every record of %s becomes an event that is accepted, with all that the vendor said', (file) => {
  const texts = textsOf(file)
  expect(texts.length).toBeGreaterThan(0)
  for (const text of texts) {
    const mapped = cloudtrail.map(text)
    if ('refusal' in mapped) throw new Error(`${mapped.refusal.reason}: ${text.slice(0, 200)}`)
    expect(prepareValue(mapped.event, { ...context, raw: mapped.raw }), text).toHaveProperty('event')
    const kept = new Set(leavesOf(mapped.event))
    const record = JSON.parse(text)
    const said = leavesOf(record.CloudTrailEvent ? JSON.parse(record.CloudTrailEvent) : record)
    expect(
      said.filter((leaf) => !kept.has(leaf)),
      text,
    ).toEqual([])
  }
})

/** Every value in a tree as text; times without the fraction that we add. */
function leavesOf(value: unknown): string[] {
  if (value === null || value === undefined) return []
  if (typeof value === 'string' && value.startsWith('{"')) return [value, ...leavesOf(JSON.parse(value))]
  if (typeof value === 'object') return Object.values(value).flatMap(leavesOf)
  return [normalTime(String(value))]
}

const normalTime = (text: string) => text.replace(/^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.0+)?Z?$/, '$1T$2')
