import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import { transformSync } from 'esbuild'
import { expect, test } from 'vitest'
import { producedEventSchema } from '../testing/published-schema.js'

// Files made from the schema. `npm run generate -w @tidemark/event` writes them anew.

test('the published JSON Schema is current', () =>
  expect(`${JSON.stringify(producedEventSchema(), null, 2)}\n`).toMatchFileSnapshot('../../schema/audit-event.v1.json'))

// The same for programs, since bundlers and Node disagree about how to import JSON.
test('the schema in the code is current', () =>
  expect(
    `// Made from the schema by generated.test.ts; do not edit.\nexport const schema: unknown = ${JSON.stringify(producedEventSchema(), null, 2)}\n`,
  ).toMatchFileSnapshot('published-schema.generated.ts'))

test('the validator is current', () => expect(validatorCode()).toMatchFileSnapshot('validator.generated.ts'))

/** ajv's check as code, so that neither ajv nor compiling is needed at run time. Lengths in UTF-16 units, for speed. */
function validatorCode(): string {
  const ajv = new Ajv2020({
    unicode: false,
    logger: false,
    messages: false,
    validateFormats: false,
    strict: false,
    code: { source: true, esm: true },
  })
  const code = standalone.default(ajv, ajv.compile(withoutProse(producedEventSchema()) as object))
  const { code: layout } = transformSync(code.replace(/export default [^;]*;/, ''), { minify: true, lineLimit: 120 })
  return `// @ts-nocheck\n// Made from the schema by generated.test.ts; do not edit.\n${layout}`
}

function withoutProse(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node
  if (Array.isArray(node)) return node.map(withoutProse)
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !((key === 'description' || key === 'title') && typeof value === 'string'))
      .map(([key, value]) => [key, withoutProse(value)]),
  )
}
