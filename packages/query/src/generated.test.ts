import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('the compiled parser is that of the grammar; npm run generate -w packages/query renews it', async () => {
  const { generateParser } = await import(new URL('../generate.mjs', import.meta.url).href)
  expect(readFileSync(new URL('./query.generated.ts', import.meta.url), 'utf8')).toBe(generateParser())
})
